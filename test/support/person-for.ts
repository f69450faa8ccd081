import type { Conditions, Route } from '../../src/auth/index.js';
import { user, type Person, type UserOptions } from './user.js';

/** Somebody who meets all of it, and of whom nothing else is true. */
export function personFor({ plan, feature, role, permission }: Conditions): Person {
  return user({
    plan,
    role,
    features: feature && [feature],
    permissions: permission && [permission],
    verified: 0,
    secondFactor: 0,
  });
}

/** Somebody who may enter a route. */
export function personWhoMayEnter({ conditions }: Route): Person {
  const values = (kind: 'plan' | 'feature' | 'role' | 'permission') =>
    conditions.flatMap((condition) => (condition.kind === kind ? condition.value : [])) as never[];
  const [role] = values('role');
  const options: UserOptions = { plan: values('plan'), features: values('feature'), role };
  return user({ ...options, permissions: values('permission'), verified: 0, secondFactor: 0 });
}
