import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import {
  AcceptsToken,
  ForbidImpersonation,
  RequireFeature,
  RequirePermission,
  RequirePlan,
  RequireReverification,
  RequireRole,
  RequireScope,
} from '../../src/auth/index.js';
import {
  APP_URL,
  BackendApi,
  ClerkInstance,
  createTestApp,
  machineTokens,
  type TestApp,
} from '../support/index.js';

@Controller(['guarded', 'api/guarded'])
class GuardedController {
  @RequireRole('org:admin')
  @Get('role')
  role() {
    return {};
  }

  @RequirePermission('org:reports:export')
  @Get('permission')
  permission() {
    return {};
  }

  @RequirePlan('org:pro')
  @Get('plan')
  plan() {
    return {};
  }

  @RequireFeature('priority-support')
  @Get('feature')
  feature() {
    return {};
  }

  @ForbidImpersonation()
  @Get('impersonation')
  impersonation() {
    return {};
  }

  @RequireReverification('strict')
  @Get('step-up')
  stepUp() {
    return {};
  }

  @RequireReverification({ level: 'first_factor', afterMinutes: 1 })
  @Post('step-up')
  sendStepUp() {
    return {};
  }

  @RequireRole('org:admin')
  @RequireReverification('strict')
  @Get('role-and-step-up')
  roleAndStepUp() {
    return {};
  }
}

@AcceptsToken('session_token', 'api_key')
@RequireScope('reports:read')
@Controller('api/programs')
class ProgramsController {
  @Get()
  list() {
    return {};
  }
}

const clerk = new ClerkInstance();
const LONG_AGO: JWTPayload = { fva: [90, -1] };
const IMPERSONATED: JWTPayload = { act: { sub: 'user_support' } };
const FORM = { accept: 'text/html', origin: APP_URL, 'content-type': 'application/x-www-form-urlencoded' };
let backend: BackendApi;
let app: TestApp;

beforeAll(async () => {
  backend = await BackendApi.start(machineTokens({ ak_bare: {} }));
  app = await createTestApp({
    clerk,
    variables: { CLERK_API_URL: backend.url },
    with: { controllers: [GuardedController, ProgramsController] },
  });
});
afterAll(async () => {
  await app.stop();
  await backend.stop();
});

async function challenge(headers: Record<string, string> = {}): Promise<string> {
  const response = await app.request('get', '/api/programs', headers);
  return `${response.status} ${response.headers['www-authenticate']}`;
}

describe('a program that may not enter', () => {
  it.each([
    ['role', {}, 'missing-role', { role: 'org:admin' }],
    ['permission', {}, 'missing-permission', { permission: 'org:reports:export' }],
    ['plan', {}, 'missing-plan', { plan: 'org:pro' }],
    ['feature', {}, 'missing-feature', { feature: 'priority-support' }],
    ['impersonation', IMPERSONATED, 'impersonation-forbidden', { impersonation: 'forbidden' }],
    [
      'step-up',
      LONG_AGO,
      'reverification-required',
      { reverification: { level: 'second_factor', afterMinutes: 10 } },
    ],
  ])(
    'is told by a type that stands for the case what is missing: %s',
    async (name, claims, kind, required) => {
      const token = await clerk.sessionToken(claims);
      const response = await app.request('get', `/api/guarded/${name}`, { authorization: `Bearer ${token}` });
      expect(response.status).toBe(403);
      expect(response.type).toBe('application/problem+json');
      expect(JSON.parse(response.text)).toMatchObject({
        type: `urn:problem-type:${kind}`,
        title: 'Forbidden',
        status: 403,
        detail: expect.any(String),
        required,
      });
    },
  );

  it('finds in the answer what ClerkJS asks for a verification by, and nothing of it in other answers', async () => {
    const cookie = await clerk.cookies(LONG_AGO);
    const stepUp = await app.request('get', '/api/guarded/step-up', { cookie });
    expect(JSON.parse(stepUp.text)).toMatchObject({
      clerk_error: {
        type: 'forbidden',
        reason: 'reverification-error',
        metadata: { reverification: { level: 'second_factor', afterMinutes: 10 } },
      },
    });
    expect((await app.request('get', '/api/guarded/role', { cookie })).text).not.toContain('clerk_error');
  });

  it('is told how to call, and what is wrong with its token', async () => {
    expect(await challenge()).toBe('401 Bearer');
    expect(await challenge({ authorization: 'Bearer ak_unknown' })).toBe('401 Bearer error="invalid_token"');
    expect(await challenge({ authorization: 'Bearer mt_other' })).toBe('401 Bearer error="invalid_token"');
    expect(await challenge({ authorization: 'Bearer ak_bare' })).toBe(
      '403 Bearer error="insufficient_scope", scope="reports:read"',
    );
  });
});

describe('a person who may not enter a page', () => {
  it.each([
    ['role', {}, 'Your role does not allow this.'],
    ['permission', {}, 'Your role does not have the permission for this.'],
    ['impersonation', IMPERSONATED, 'This cannot be done in another person&#x27;s name.'],
  ])('is told so: %s', async (name, claims, text) => {
    const response = await app.open(`/guarded/${name}`, await clerk.cookies(claims));
    expect(response.status).toBe(403);
    expect(response.text).toContain('You may not do this');
    expect(response.text).toContain(text);
    expect(response.text).toContain('data-session="signed-in"');
    expect(response.headers['cache-control']).toBe('private, no-store');
  });

  it.each([
    ['plan', 'This is part of the Pro plan'],
    ['feature', 'Priority support: not in your plan'],
  ])('is told what is missing: %s', async (name, title) => {
    const response = await app
      .open(`/guarded/${name}`, await clerk.cookies())
      .set({ referer: `${APP_URL}/closed` });
    expect(response.status).toBe(403);
    expect(response.text).toContain(title);
    expect(response.text).toContain('href="/closed">Go back');
  });

  it('is sent to sign in first, whatever else is asked', async () => {
    for (const name of ['role', 'plan', 'step-up']) {
      const response = await app.open(`/guarded/${name}`);
      expect(response.status).toBe(303);
      expect(response.headers['location']).toBe(`/sign-in?redirect_url=%2Fguarded%2F${name}`);
    }
  });

  it('is not asked to verify for what they may not do anyway', async () => {
    const response = await app.open('/guarded/role-and-step-up', await clerk.cookies(LONG_AGO));
    expect(response.text).toContain('You may not do this');
    expect(response.text).not.toContain('data-clerk-component="verification"');
  });
});

describe('a person who is to verify first', () => {
  it('gets a form that repeats the request of a link, query and all', async () => {
    const response = await app.open('/guarded/step-up?year=2026&tag=a&tag=b', await clerk.cookies(LONG_AGO));
    expect(response.status).toBe(403);
    expect(response.text).toContain('<form method="get" action="/guarded/step-up">');
    for (const [name, value] of [
      ['year', '2026'],
      ['tag', 'a'],
      ['tag', 'b'],
    ]) {
      expect(response.text).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
  });

  it('gets a form that repeats what another form has sent, as text', async () => {
    const response = await app
      .request('post', '/guarded/step-up?step=2', { ...FORM, cookie: await clerk.cookies(LONG_AGO) })
      .send('note=%22%3E%3Cscript%3E&amount=5');
    expect(response.status).toBe(403);
    expect(response.text).toContain('<form method="post" action="/guarded/step-up?step&#x3D;2">');
    expect(response.text).toContain('name="note" value="&quot;&gt;&lt;script&gt;"');
    expect(response.text).toContain('name="amount" value="5"');
  });

  it('tells ClerkJS how they are to be verified', async () => {
    const { text } = await app.open('/guarded/step-up', await clerk.cookies(LONG_AGO));
    expect(text).toContain('data-clerk-component="verification" data-level="second_factor"');
  });

  it('keeps an address in the query, and nothing of what Clerk has added there', async () => {
    const path = '/guarded/step-up?next=https://example.com/a&__clerk_db_jwt=dvb_secret';
    const { text } = await app.open(path, await clerk.cookies(LONG_AGO));
    expect(text).toContain('action="/guarded/step-up"');
    expect(text).toContain('name="next" value="https://example.com/a"');
    expect(text).not.toContain('dvb_secret');
  });

  it('is asked to try again after a request that no form can repeat', async () => {
    const headers = { ...FORM, 'content-type': 'application/json', cookie: await clerk.cookies(LONG_AGO) };
    const { status, text } = await app.request('post', '/guarded/step-up', headers).send('{"a":{"b":1}}');
    expect(status).toBe(403);
    expect(text).toContain('go back and try it again');
    expect(text).not.toContain('<form');
  });

  it.each(['//evil.example/x', '/guarded/step-up?next=//evil.example'])(
    'stays on this origin: %s',
    async (path) => {
      const { text } = await app
        .open(path, await clerk.cookies(LONG_AGO))
        .set({ referer: 'https://evil.example/' });
      expect(text).not.toMatch(/(?:action|href)="[^"]*evil/);
    },
  );
});
