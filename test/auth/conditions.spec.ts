import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import {
  AcceptsToken,
  ForbidImpersonation,
  Public,
  RequireFeature,
  RequirePermission,
  RequirePlan,
  RequireReverification,
  RequireRole,
  RequireScope,
} from '../../src/auth/index.js';
import { BackendApi, ClerkInstance, createTestApp, machineTokens, type TestApp } from '../support/index.js';

const reached = { reached: true };

/** What somebody may write who knows a word that nobody has declared. */
const unknown = 'org:no-such-word' as never;

@Controller('api/one')
class OneConditionController {
  @RequireRole('org:admin')
  @Get('role')
  role() {
    return reached;
  }

  @RequirePermission('org:reports:export')
  @Get('permission')
  permission() {
    return reached;
  }

  @RequirePlan('pro')
  @Get('plan')
  plan() {
    return reached;
  }

  @RequirePlan('user:pro')
  @Get('plan-of-the-person')
  planOfThePerson() {
    return reached;
  }

  @RequirePlan('org:pro')
  @Get('plan-of-the-organisation')
  planOfTheOrganisation() {
    return reached;
  }

  @RequireFeature('reports')
  @Get('feature')
  feature() {
    return reached;
  }

  @RequireFeature('org:reports')
  @Get('feature-of-the-organisation')
  featureOfTheOrganisation() {
    return reached;
  }

  @RequireReverification('strict')
  @Get('strict')
  strict() {
    return reached;
  }

  @RequireReverification('moderate')
  @Get('moderate')
  moderate() {
    return reached;
  }

  @RequireReverification({ level: 'first_factor', afterMinutes: 5 })
  @Get('five-minutes')
  fiveMinutes() {
    return reached;
  }

  @ForbidImpersonation()
  @Get('not-impersonated')
  notImpersonated() {
    return reached;
  }

  @AcceptsToken('session_token', 'api_key')
  @RequireScope('reports:read')
  @Get('scope')
  scope() {
    return reached;
  }

  @AcceptsToken('api_key')
  @RequireScope('reports:read')
  @Get('scope-alone')
  scopeAlone() {
    return reached;
  }

  @AcceptsToken('session_token', 'api_key')
  @RequireFeature('reports')
  @RequireScope('reports:read')
  @Get('feature-or-scope')
  featureOrScope() {
    return reached;
  }

  @AcceptsToken('m2m_token', 'oauth_token')
  @Get('programs')
  programs() {
    return reached;
  }
}

@RequirePlan('pro')
@Controller('api/both')
class SeveralConditionsController {
  @RequirePermission('org:reports:export')
  @Get('controller-and-handler')
  both() {
    return reached;
  }

  @RequireRole('org:admin')
  @RequirePermission('org:reports:export')
  @RequireFeature('org:reports')
  @RequireReverification('strict')
  @ForbidImpersonation()
  @Get('all')
  all() {
    return reached;
  }

  @RequireFeature('reports')
  @RequireFeature('export')
  @Get('twice')
  twice() {
    return reached;
  }

  @Public()
  @Get('public')
  opened() {
    return reached;
  }

  @Public({ session: false })
  @Get('blind')
  blind() {
    return reached;
  }
}

@Controller('api/heir')
class HeirController extends SeveralConditionsController {}

@RequireRole('org:admin')
@Controller('api/stricter')
class StricterHeirController extends SeveralConditionsController {}

@AcceptsToken('session_token', 'api_key')
@RequireScope('reports:read')
@RequireFeature('reports')
@Controller('api/scoped')
class ScopedController {
  @RequireScope('reports:read')
  @RequireRole('org:admin')
  @Get('both')
  both() {
    return reached;
  }

  @ForbidImpersonation()
  @Get('not-impersonated')
  notImpersonated() {
    return reached;
  }
}

@Public()
@Controller('api/opened')
class OpenedController {
  @AcceptsToken('api_key')
  @Get('keys')
  keys() {
    return reached;
  }
}

@Controller('api/never')
class ImpossibleController {
  @RequireRole('' as never)
  @Get('empty-role')
  emptyRole() {
    return reached;
  }

  @RequireRole(unknown)
  @Get('unknown-role')
  unknownRole() {
    return reached;
  }

  @RequireRole(undefined as never)
  @Get('no-role')
  noRole() {
    return reached;
  }

  @RequirePermission(' ' as never)
  @Get('empty-permission')
  emptyPermission() {
    return reached;
  }

  @RequirePermission(unknown)
  @Get('unknown-permission')
  unknownPermission() {
    return reached;
  }

  @RequirePlan('' as never)
  @Get('empty-plan')
  emptyPlan() {
    return reached;
  }

  @RequirePlan('team:pro' as never)
  @Get('plan-of-an-unknown-scope')
  planOfAnUnknownScope() {
    return reached;
  }

  @RequireFeature('org:' as never)
  @Get('empty-feature')
  emptyFeature() {
    return reached;
  }

  @RequireFeature(['reports'] as never)
  @Get('feature-in-a-list')
  featureInAList() {
    return reached;
  }

  @RequireFeature('org:reports:anything' as never)
  @Get('feature-with-a-tail')
  featureWithATail() {
    return reached;
  }

  @RequireReverification('sometimes' as never)
  @Get('unknown-verification')
  unknownVerification() {
    return reached;
  }

  @RequireReverification({ level: 'third_factor', afterMinutes: 10 } as never)
  @Get('unknown-level')
  unknownLevel() {
    return reached;
  }

  @RequireReverification({ level: 'first_factor', afterMinutes: 0 })
  @Get('no-time')
  noTime() {
    return reached;
  }

  @AcceptsToken('session_token', 'api_key')
  @RequireRole('org:admin')
  @RequireScope('' as never)
  @Get('empty-scope')
  emptyScope() {
    return reached;
  }
}

const ORGANISATION = { id: 'org_1', slg: 'engines' };
const PRO = { pla: 'u:pro', fea: 'u:export,u:reports' };
const clerk = new ClerkInstance();

/** People by the claims of their tokens. */
const PEOPLE: Readonly<Record<string, JWTPayload>> = {
  free: { pla: 'u:free_user', fea: 'u:basics' },
  pro: PRO,
  admin: {
    o: { ...ORGANISATION, rol: 'admin', per: 'read,export', fpm: '3' },
    pla: 'o:team,u:free_user',
    fea: 'o:reports',
  },
  member: {
    o: { ...ORGANISATION, rol: 'member', per: 'read', fpm: '1' },
    pla: 'o:team,u:free_user',
    fea: 'o:reports',
  },
  'admin on pro': {
    o: { ...ORGANISATION, rol: 'admin', per: 'read,export', fpm: '3' },
    pla: 'o:team,u:pro',
    fea: 'o:reports,u:export,u:reports',
  },
  'verified an hour ago': { ...PRO, fva: [61, -1] },
  'verified never': { ...PRO, fva: [-1, -1] },
  'verified who knows when': { ...PRO, fva: undefined },
  'verified by a token of half an hour': {
    ...PRO,
    fva: [0, -1],
    iat: Math.floor(Date.now() / 1000) - 30 * 60,
  },
  impersonated: { ...PRO, act: { sub: 'user_support' } },
  'impersonated by who knows whom': { ...PRO, act: {} },
  pending: { ...PRO, sts: 'pending' },
  'without claims': { fva: undefined },
};

const RECENT = [
  'free',
  'pro',
  'admin',
  'member',
  'admin on pro',
  'impersonated',
  'impersonated by who knows whom',
];
const ALL = Object.keys(PEOPLE).filter((name) => name !== 'pending');

/** Programs by their tokens. */
const PROGRAMS = {
  'key with the scope': 'ak_reader',
  'key with another scope': 'ak_other',
  'key without scopes': 'ak_bare',
  'revoked key': 'ak_revoked',
  'unknown key': 'ak_unknown',
  machine: 'mt_worker',
  'OAuth client': 'oat_client',
};

/** Who may enter each route. Everybody else is refused. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  '/api/one/role': ['admin', 'admin on pro'],
  '/api/one/permission': ['admin', 'admin on pro'],
  '/api/one/plan': ALL.filter((name) => !['free', 'admin', 'member', 'without claims'].includes(name)),
  '/api/one/plan-of-the-person': ALL.filter(
    (name) => !['free', 'admin', 'member', 'without claims'].includes(name),
  ),
  '/api/one/plan-of-the-organisation': [],
  '/api/one/feature': ALL.filter((name) => !['free', 'without claims'].includes(name)),
  '/api/one/feature-of-the-organisation': ['admin', 'member', 'admin on pro'],
  '/api/one/strict': RECENT,
  '/api/one/moderate': [...RECENT, 'verified by a token of half an hour'],
  '/api/one/five-minutes': RECENT,
  '/api/one/not-impersonated': ALL.filter((name) => !name.startsWith('impersonated')),
  '/api/one/scope': [...ALL, 'key with the scope'],
  '/api/one/scope-alone': ['key with the scope'],
  '/api/one/feature-or-scope': [
    ...ALL.filter((name) => !['free', 'without claims'].includes(name)),
    'key with the scope',
  ],
  '/api/one/programs': ['machine', 'OAuth client'],
  '/api/both/controller-and-handler': ['admin on pro'],
  '/api/both/all': ['admin on pro'],
  '/api/both/twice': ALL.filter((name) => !['free', 'admin', 'member', 'without claims'].includes(name)),
  '/api/both/public': ALL.filter((name) => !['free', 'admin', 'member', 'without claims'].includes(name)),
  '/api/both/blind': ALL.filter((name) => !['free', 'admin', 'member', 'without claims'].includes(name)),
  '/api/heir/controller-and-handler': ['admin on pro'],
  '/api/stricter/twice': ['admin on pro'],
  '/api/scoped/both': ['admin', 'admin on pro', 'key with the scope'],
  '/api/scoped/not-impersonated': [
    ...ALL.filter((name) => !/free|impersonated|without claims/.test(name)),
    'key with the scope',
  ],
  '/api/opened/keys': Object.keys(PROGRAMS).filter((name) => name.startsWith('key')),
  '/api/never/feature-with-a-tail': [],
  '/api/never/empty-role': [],
  '/api/never/unknown-role': [],
  '/api/never/no-role': [],
  '/api/never/empty-permission': [],
  '/api/never/unknown-permission': [],
  '/api/never/empty-plan': [],
  '/api/never/plan-of-an-unknown-scope': [],
  '/api/never/empty-feature': [],
  '/api/never/feature-in-a-list': [],
  '/api/never/unknown-verification': [],
  '/api/never/unknown-level': [],
  '/api/never/no-time': [],
  '/api/never/empty-scope': ['admin', 'admin on pro'],
};

let backend: BackendApi;
let app: TestApp;

beforeAll(async () => {
  backend = await BackendApi.start(
    machineTokens({
      ak_reader: { scopes: ['reports:read'] },
      ak_other: { scopes: ['reports:write', 'reports'] },
      ak_bare: {},
      ak_revoked: { scopes: ['reports:read'], revoked: true },
      mt_worker: { subject: 'mch_worker' },
      oat_client: {},
    }),
  );
  app = await createTestApp({
    clerk,
    variables: { CLERK_API_URL: backend.url },
    with: {
      controllers: [
        OneConditionController,
        SeveralConditionsController,
        HeirController,
        StricterHeirController,
        ScopedController,
        OpenedController,
        ImpossibleController,
      ],
    },
  });
});
afterAll(async () => {
  await app.stop();
  await backend.stop();
});

/** The token of each caller; none for a stranger. */
async function tokenOf(caller: string): Promise<string | undefined> {
  const claims = PEOPLE[caller];
  return claims ? clerk.sessionToken(claims) : PROGRAMS[caller as keyof typeof PROGRAMS];
}

describe('each decorator', () => {
  it.each(Object.entries(ROUTES))('lets in whom it names, and nobody else: %s', async (path, allowed) => {
    const callers = ['stranger', ...Object.keys(PEOPLE), ...Object.keys(PROGRAMS)];
    const answers = await Promise.all(
      callers.map(async (caller) => {
        const token = await tokenOf(caller);
        const headers = token ? { authorization: `Bearer ${token}` } : {};
        const { status, body } = await app.request('get', path, headers as Record<string, string>);
        return { caller, status, isReached: (body as { reached?: boolean }).reached === true };
      }),
    );
    const entered = answers.filter(({ isReached }) => isReached).map(({ caller }) => caller);
    expect(entered.toSorted()).toEqual([...allowed].toSorted());
    const statuses = answers.filter(({ isReached }) => !isReached).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 401 && status !== 403)).toEqual([]);
    expect(answers.find(({ caller }) => caller === 'stranger')?.status).toBe(401);
    expect(answers.find(({ caller }) => caller === 'pending')?.status).toBe(401);
  });

  it('holds for people who come by cookie as well', async () => {
    const [paid, unpaid] = await Promise.all(
      ['admin on pro', 'admin'].map(async (caller) =>
        app.request('get', '/api/both/all', { cookie: await clerk.cookies(PEOPLE[caller]) }),
      ),
    );
    expect(paid?.status).toBe(200);
    expect(unpaid?.status).toBe(403);
  });
});
