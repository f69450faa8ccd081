import type { Plan } from '../plans.js';
import { randomId } from '../random.js';
import type { PlanPeriod } from '../state/state.js';
import type { Payer } from './subscriptions.js';

/** A checkout that a user has opened. */
export interface Checkout {
  id: string;
  payer: Payer;
  plan: Plan;
  period: PlanPeriod;
  completed: boolean;
  openedAt: number;
}

/** Open checkouts, in memory: one that a restart interrupts is begun again by the user. */
export class Checkouts {
  private readonly byId = new Map<string, Checkout>();

  open(payer: Payer, plan: Plan, period: PlanPeriod): Checkout {
    const checkout = { id: randomId('chk'), payer, plan, period, completed: false, openedAt: Date.now() };
    this.byId.set(checkout.id, checkout);
    return checkout;
  }

  /** The payer's checkout of that id; another payer's is not found. */
  find(payer: Payer, id: string): Checkout | undefined {
    const checkout = this.byId.get(id);
    return checkout?.payer.id === payer.id ? checkout : undefined;
  }
}
