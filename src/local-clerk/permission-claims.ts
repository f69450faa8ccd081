import type { Plan } from './plans.js';
import { roleOf, type Role } from './roles.js';

/**
 * A role's custom permissions in the `o` claim of a session token: `per` lists the actions, `fpm` holds for each feature of
 * the organisation's plan, in the order of the `fea` claim, a number whose bits say which of them the role has. A permission
 * for a feature that the plan lacks has no place there.
 */
export function permissionClaims(role: Role, { features }: Plan): { per?: string; fpm?: string } {
  const { custom } = roleOf(role);
  const held = custom
    .map((key) => key.split(':').slice(1))
    .filter(([feature = '']) => features.includes(feature));
  if (held.length === 0) return {};
  const actions = [...new Set(held.map(([, action]) => action))];
  const masks = features.map((feature) =>
    held
      .filter(([of]) => of === feature)
      .reduce((mask, [, action]) => mask + 2 ** actions.indexOf(action), 0),
  );
  return { per: actions.join(','), fpm: masks.join(',') };
}
