import { expect, it } from '@jest/globals';
import {
  RequireFeature,
  RequirePermission,
  RequirePlan,
  RequireReverification,
  RequireRole,
  RequireScope,
  AcceptsToken,
  type Auth,
} from '../../src/auth/index.js';

it('words that the application has not declared do not compile', () => {
  const written = [
    RequireRole('org:analyst'),
    RequirePermission('org:reports:export'),
    RequirePlan('user:pro'),
    RequirePlan('team'),
    RequireFeature('org:reports', { fresh: true }),
    RequireScope('reports:read'),
    RequireReverification({ level: 'second_factor', afterMinutes: 5 }),
    AcceptsToken('session_token', 'api_key'),
    (auth: Auth) => auth.has({ plan: 'pro', permission: 'org:reports:read' }),

    // @ts-expect-error -- no such role
    RequireRole('org:king'),
    // @ts-expect-error -- a role is written with its scope
    RequireRole('admin'),
    // @ts-expect-error -- no such permission
    RequirePermission('org:reports:burn'),
    // @ts-expect-error -- no such plan
    RequirePlan('platinum'),
    // @ts-expect-error -- no such scope of a plan
    RequirePlan('team:pro'),
    // @ts-expect-error -- no such feature
    RequireFeature('teleport'),
    // @ts-expect-error -- no such scope
    RequireScope('reports:burn'),
    // @ts-expect-error -- no such preset
    RequireReverification('sometimes'),
    // @ts-expect-error -- no such token type
    AcceptsToken('password'),
    // @ts-expect-error -- no such kind of condition
    (auth: Auth) => auth.has({ plans: 'pro' }),
    // @ts-expect-error -- no such plan
    (auth: Auth) => auth.has({ plan: 'platinum' }),
  ];
  expect(written).toHaveLength(20);
});
