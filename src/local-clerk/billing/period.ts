import type { PlanPeriod } from '../state/state.js';

/** The end of a billing period that begins at `start` (epoch milliseconds), by the UTC calendar. */
export function addPeriod(start: number, period: PlanPeriod): number {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + (period === 'annual' ? 12 : 1));
  return end.getTime();
}
