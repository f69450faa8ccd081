import type { Plan } from './plans.js';
import { roleOf, type Role } from './roles.js';

/** A role's custom permissions, less those for a feature that the organisation's plan lacks. */
export function heldPermissions(role: Role, { features }: Plan): string[] {
  return roleOf(role).custom.filter((key) => features.includes(key.split(':')[1] ?? ''));
}

/**
 * A role's custom permissions in the `o` claim of a session token: `per` lists the actions, `fpm` holds for each feature of
 * the organisation's plan, in the order of the `fea` claim, a number whose bits say which of them the role has.
 */
export function permissionClaims(role: Role, plan: Plan): { per?: string; fpm?: string } {
  const held = heldPermissions(role, plan).map((key) => key.split(':').slice(1));
  if (held.length === 0) return {};
  const actions = [...new Set(held.map(([, action]) => action))];
  const masks = plan.features.map((feature) =>
    held
      .filter(([of]) => of === feature)
      .reduce((mask, [, action]) => mask + 2 ** actions.indexOf(action), 0),
  );
  return { per: actions.join(','), fpm: masks.join(',') };
}
