import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import {
  AcceptsToken,
  CurrentAuth,
  CurrentMachine,
  CurrentOrganization,
  CurrentUser,
  Public,
  type ActiveOrganization,
  type Auth,
  type Machine,
  type SessionUser,
} from '../../src/auth/index.js';
import { BackendApi, json } from '../support/backend-api.js';
import { ClerkInstance } from '../support/clerk-instance.js';
import { LogCapture } from '../support/log-capture.js';
import { machineTokens } from '../support/machine-tokens.js';
import { NAVIGATION, TestApp } from '../support/test-app.js';
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

  @Public()
  @AcceptsToken('session_token', 'api_key')
  @Get('anybody')
  anybody(@CurrentAuth() auth: Auth) {
    return { tokenType: auth.tokenType };
  }
}

const clerk = new ClerkInstance();
const { CLERK_JWT_KEY: _jwtKey, ...keys } = clerk.variables;
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
  app = await start(clerk.variables);
});
afterEach(async () => {
  await app.stop();
  await backend.stop();
});

function start(variables: Record<string, string>): Promise<TestApp> {
  return TestApp.start({
    variables: { ...variables, CLERK_API_URL: backend.url },
    with: { controllers: [CallersController] },
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
    expect((await app.request('get', '/profile', headers)).status).toBe(303);
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
    ['was changed', async () => `${(await clerk.sign(MACHINE)).slice(0, -6)}AAAAAA`],
  ];
  it.each(REFUSED)('is refused when it %s', async (_name, token) => {
    expect((await call('machines', await token())).status).toBe(401);
  });

  it('is found out by a key that the instance has since', async () => {
    await app.stop();
    app = await start(keys);
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

  it('a wrong secret key of ours is no fault of the program', async () => {
    backend.answer(json({ errors: [{ code: 'clerk_key_invalid' }] }, 401));
    expect((await call('keys', 'ak_person')).status).toBe(503);
  });
});
