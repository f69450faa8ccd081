import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type MiddlewareConsumer, type NestModule, type Type } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { JWTPayload } from 'jose';
import {
  AcceptsToken,
  Authenticator,
  CurrentAuth,
  CurrentMachine,
  CurrentOrganization,
  CurrentUser,
  ForbidImpersonation,
  Public,
  RequireScope,
  type ActiveOrganization,
  type Auth,
  type Machine,
  type SessionUser,
} from '../../src/auth/index.js';
import {
  BackendApi,
  ClerkInstance,
  createTestApp,
  json,
  machineTokens,
  NAVIGATION,
  type TestApp,
} from '../support/index.js';
import { LogCapture } from '../support/log-capture.js';
import { FAULTS } from '../support/upstream.js';

@Controller('api/callers')
class CallersController {
  @Get('people')
  people(@CurrentUser() user: SessionUser) {
    return { userId: user.userId };
  }

  @AcceptsToken('api_key')
  @Get('keys')
  keys(
    @CurrentMachine() machine: Machine,
    @CurrentUser() user: SessionUser | null,
    @CurrentOrganization() organization: ActiveOrganization | null,
    @CurrentAuth() auth: Auth,
  ) {
    return { machine, user, organization, actsFor: auth.userId };
  }

  @AcceptsToken('m2m_token', 'oauth_token')
  @Get('machines')
  machines(@CurrentMachine() machine: Machine) {
    return machine;
  }

  @AcceptsToken('oauth_token')
  @RequireScope('reports:read')
  @ForbidImpersonation()
  @Get('grants')
  grants(@CurrentMachine() machine: Machine) {
    return machine;
  }

  @Public()
  @AcceptsToken('session_token', 'api_key')
  @Get('anybody')
  anybody(@CurrentAuth() auth: Auth) {
    return { tokenType: auth.tokenType };
  }
}

/** Wants to know who it is before anybody has looked at the route. */
@Module({})
class CuriousModule implements NestModule {
  constructor(private readonly authenticator: Authenticator) {}

  configure(consumer: MiddlewareConsumer): void {
    const ask = async (request: Request, _response: Response, next: NextFunction) => {
      await this.authenticator.authenticate(request);
      next();
    };
    consumer.apply(ask).forRoutes('/');
  }
}

const clerk = new ClerkInstance();
let backend: BackendApi;
let app: TestApp;

beforeEach(async () => {
  backend = await BackendApi.start(
    machineTokens({
      ak_person: { scopes: ['reports:read'], claims: { team: 'night' } },
      ak_organisation: { subject: 'org_1' },
      ak_expired: { expired: true },
      ak_nobody: { subject: '' },
      mt_worker: { subject: 'mch_worker', scopes: ['mch_other'] },
      oat_client: { scopes: ['profile'] },
    }),
  );
  app = await start();
});
afterEach(async () => {
  await app.stop();
  await backend.stop();
});

function start(variables: Record<string, string> = {}, imports: Type[] = []): Promise<TestApp> {
  return createTestApp({
    clerk,
    variables: { ...variables, CLERK_API_URL: backend.url },
    with: { controllers: [CallersController], imports },
  });
}

function call(path: string, token: string) {
  return app.request('get', `/api/callers/${path}`, { authorization: `Bearer ${token}` });
}

describe('a program', () => {
  it('is known by its API key, and in whose name it calls', async () => {
    const { status, body } = await call('keys', 'ak_person');
    expect(status).toBe(200);
    expect(body).toEqual({
      machine: {
        tokenType: 'api_key',
        id: 'ak_id',
        subject: 'user_ada',
        scopes: ['reports:read'],
        name: 'Nightly',
        clientId: null,
        actorId: null,
        claims: { team: 'night' },
      },
      user: null,
      organization: null,
      actsFor: 'user_ada',
    });
  });

  it('may call for an organisation', async () => {
    const { body } = await call('keys', 'ak_organisation');
    expect(body).toMatchObject({ organization: { id: 'org_1' }, actsFor: null });
  });

  it.each([
    ['mt_worker', { tokenType: 'm2m_token', subject: 'mch_worker', scopes: ['mch_other'] }],
    ['oat_client', { tokenType: 'oauth_token', subject: 'user_ada', clientId: 'client_1' }],
  ])('is known by %s', async (token, machine) => {
    expect((await call('machines', token)).body).toMatchObject(machine);
  });

  it.each(['ak_unknown', 'ak_expired', 'ak_nobody', 'ak_'])('is refused with %s', async (token) => {
    expect((await call('keys', token)).status).toBe(401);
  });

  it('is nobody on pages, where bearer tokens do not count', async () => {
    const headers = { ...NAVIGATION, authorization: 'Bearer ak_person' };
    expect((await app.request('get', '/closed', headers)).status).toBe(303);
    expect(backend.calls).toEqual([]);
  });

  it('is known on a public route that takes it, and stays nobody elsewhere', async () => {
    expect((await call('anybody', 'ak_person')).body).toEqual({ tokenType: 'api_key' });
    expect((await call('anybody', 'mt_worker')).body).toEqual({ tokenType: null });
    expect((await call('anybody', await clerk.sessionToken())).body).toEqual({ tokenType: 'session_token' });
  });

  it('leaves its token in no log', async () => {
    const log = new LogCapture({ json: true });
    try {
      await call('keys', 'ak_person');
      await call('keys', 'ak_unknown');
      await call('people', 'ak_person');
      expect(log.text).not.toMatch(/ak_(person|unknown)/);
      expect(log.messages).toContainEqual({ event: 'session-refused', reason: 'api-key-unknown' });
    } finally {
      log.stop();
    }
  });
});

describe('a token that Clerk does not know', () => {
  it('is asked for once in a while, and not at all when it cannot be one', async () => {
    await Promise.all(['ak_x.y.z', 'ak_x-y', 'mt_x.y.z'].map((token) => call('keys', token)));
    expect(backend.calls).toEqual([]);
    for (const token of ['ak_unknown', 'ak_unknown', 'ak_unknown', 'ak_other']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await call('keys', token)).status).toBe(401);
    }
    expect(backend.calls).toHaveLength(2);
  });
});

describe('a token of a type that a route does not take', () => {
  it.each([
    ['people', 'ak_person'],
    ['people', 'mt_worker'],
    ['people', 'oat_client'],
    ['keys', 'mt_worker'],
    ['keys', 'oat_client'],
    ['machines', 'ak_person'],
  ])('is refused, and nobody asks Clerk: %s with %s', async (path, token) => {
    expect((await call(path, token)).status).toBe(401);
    expect(backend.calls).toEqual([]);
  });

  it("is refused when it is a person's", async () => {
    expect((await call('keys', await clerk.sessionToken())).status).toBe(401);
    const cookie = await clerk.cookies();
    expect((await app.request('get', '/api/callers/keys', { cookie })).status).toBe(401);
    expect(backend.calls).toEqual([]);
  });

  it('is refused by whom somebody has asked before the guard', async () => {
    await app.stop();
    app = await start({}, [CuriousModule]);
    const cookie = await clerk.cookies();
    expect((await app.request('get', '/api/callers/keys', { cookie })).status).toBe(401);
    expect((await app.request('get', '/api/callers/people', { cookie })).status).toBe(200);
  });

  it("is not made up for by a person's cookie", async () => {
    const headers = { authorization: 'Bearer ak_person', cookie: await clerk.cookies() };
    expect((await app.request('get', '/api/callers/people', headers)).status).toBe(401);
  });
});

describe('a signed token of a program', () => {
  const now = Math.floor(Date.now() / 1000);
  const MACHINE: JWTPayload = {
    iss: `https://${clerk.host}`,
    sub: 'mch_worker',
    jti: 'mt_1',
    iat: now,
    exp: now + 60,
  };
  const GRANT: JWTPayload = { ...MACHINE, sub: 'user_ada', client_id: 'client_1', scope: 'profile' };
  const AT_JWT = { typ: 'at+jwt' };

  it.each([
    ['machine', MACHINE, {}, 'mch_worker'],
    ['OAuth client', GRANT, AT_JWT, 'user_ada'],
  ])('is verified with no call to Clerk: %s', async (_name, claims, header, subject) => {
    const response = await call('machines', await clerk.sign(claims, header));
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ subject });
    expect(backend.calls).toEqual([]);
  });

  const REFUSED: [string, () => Promise<string>][] = [
    ['another instance has signed', () => new ClerkInstance().sign(MACHINE)],
    ['has expired', () => clerk.sign({ ...MACHINE, exp: now - 60 })],
    ['has a critical header', () => clerk.sign(MACHINE, { crit: ['b64'], b64: true })],
    ['is of the class of session tokens', () => clerk.sign(MACHINE, { cat: 'cl_B7d4PD111AAA' })],
    ['names another issuer', () => clerk.sign({ ...MACHINE, iss: 'https://evil.example' })],
    ['lives for ever', () => clerk.sign({ ...MACHINE, exp: 1e20 })],
    ['has scopes that are no list', () => clerk.sign({ ...MACHINE, scopes: {} })],
    [
      'has no claims at all',
      async () => `${Buffer.from('{"alg":"RS256","typ":"at+jwt"}').toString('base64url')}.bnVsbA.AAAA`,
    ],
    ['was changed', async () => `${(await clerk.sign(MACHINE)).slice(0, -6)}AAAAAA`],
  ];
  it.each(REFUSED)('is refused when it %s', async (_name, token) => {
    expect((await call('machines', await token())).status).toBe(401);
  });

  it('has the scopes that stand in a list, whole', async () => {
    const answers = await Promise.all(
      [['reports:read'], 'xreports:readx', ['xreports:readx']].map(async (scp) =>
        call('grants', await clerk.sign({ ...GRANT, scope: undefined, scp }, AT_JWT)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 403]);
  });

  it('tells who acts in whose name', async () => {
    const grant = await clerk.sign({ ...GRANT, scope: 'reports:read', act: { sub: 'user_support' } }, AT_JWT);
    expect((await call('machines', grant)).body).toMatchObject({ actorId: 'user_support' });
    const response = await call('grants', grant);
    expect(response.status).toBe(403);
    expect(response.text).toContain('impersonation-forbidden');
  });

  it('is found out by a key that the instance has since', async () => {
    await app.stop();
    app = await start({ CLERK_JWT_KEY: '' });
    backend.answer(json(clerk.jwks));
    expect((await call('machines', await clerk.sign(MACHINE))).status).toBe(200);
    expect(backend.calls).toEqual(['GET /v1/jwks']);
  });
});

describe('while Clerk is in trouble', () => {
  it.each(Object.entries(FAULTS))(
    'a program is told to come back, never let in: Clerk %s',
    async (_name, fault) => {
      backend.answer(fault);
      const response = await call('keys', 'ak_person');
      expect(response.status).toBe(503);
      expect(response.headers['retry-after']).toBe('5');
    },
  );

  it('is left alone for as long as it says', async () => {
    backend.answer((_request, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '30' })
        .end('{"errors":[]}'),
    );
    const statuses = await Promise.all(
      ['ak_1', 'ak_2', 'ak_3'].map(async (token) => (await call('keys', token)).status),
    );
    await call('keys', 'ak_person');
    expect(statuses).toEqual([503, 503, 503]);
    expect(backend.calls.length).toBeLessThanOrEqual(3);
  });

  it('a wrong secret key of ours is no fault of the program', async () => {
    backend.answer(json({ errors: [{ code: 'clerk_key_invalid' }] }, 401));
    expect((await call('keys', 'ak_person')).status).toBe(503);
  });
});
