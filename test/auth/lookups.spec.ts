import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import {
  CurrentUser,
  LoadUser,
  RequireFeature,
  RequirePlan,
  type LoadedUser,
  type SessionUser,
} from '../../src/auth/index.js';
import {
  type Answer,
  BackendApi,
  ClerkInstance,
  createTestApp,
  json,
  subscription,
  type TestApp,
} from '../support/index.js';
import { byPath, FAULTS } from '../support/upstream.js';

@Controller('api/lookups')
class LookupsController {
  @Get('person')
  person(
    @CurrentUser() user: SessionUser,
    @CurrentUser(LoadUser) loaded: LoadedUser | null,
    @CurrentUser(LoadUser) again: LoadedUser | null,
  ) {
    return { userId: user.userId, email: emailOf(loaded), again: emailOf(again) };
  }

  @RequirePlan('user:pro', { fresh: true })
  @Get('plan')
  plan() {
    return { paid: true };
  }

  @RequireFeature('reports', { fresh: true })
  @Get('feature')
  feature() {
    return { paid: true };
  }

  @RequirePlan('user:pro', { fresh: true })
  @RequireFeature('user:reports', { fresh: true })
  @Get('both')
  both() {
    return { paid: true };
  }

  @RequirePlan('pro', { fresh: true })
  @RequireFeature('reports', { fresh: true })
  @Get('of-two-payers')
  ofTwoPayers() {
    return { paid: true };
  }

  @RequirePlan('user:pro', { fresh: true })
  @Get('plan-and-person')
  planAndPerson(@CurrentUser(LoadUser) loaded: LoadedUser | null) {
    return { paid: true, email: emailOf(loaded) };
  }
}

function emailOf(user: LoadedUser | null): string | null {
  return user?.primaryEmailAddress?.emailAddress ?? null;
}

const PRO = { pla: 'u:pro', fea: 'u:reports' };
const TEAM = { o: { id: 'org_1', slg: 'engines', rol: 'admin' }, pla: 'o:team,u:pro', fea: 'o:reports' };
const clerk = new ClerkInstance();
let backend: BackendApi;
let app: TestApp;

beforeEach(async () => {
  backend = await BackendApi.start(
    byPath({
      'users/user_ada/billing/subscription': subscription('pro', ['reports']),
      'organizations/org_1/billing/subscription': subscription('team', ['reports']),
      'users/': (request, response) => person(String(request.url?.split('/').at(-1)))(request, response),
    }),
  );
  app = await createTestApp({
    clerk,
    variables: { CLERK_API_URL: backend.url },
    with: { controllers: [LookupsController] },
  });
});
afterEach(async () => {
  jest.useRealTimers();
  await app.stop();
  await backend.stop();
});

function person(id: string): Answer {
  const emailAddress = {
    object: 'email_address',
    id: 'idn_1',
    email_address: `${id}@example.com`,
    linked_to: [],
  };
  const rest = { phone_numbers: [], web3_wallets: [], external_accounts: [], public_metadata: {} };
  return json({
    object: 'user',
    id,
    primary_email_address_id: 'idn_1',
    email_addresses: [emailAddress],
    ...rest,
  });
}

async function ask(path: string, claims: Parameters<ClerkInstance['sessionToken']>[0] = PRO) {
  return app.request('get', `/api/lookups/${path}`, { cookie: await clerk.cookies(claims) });
}

describe(LoadUser.name, () => {
  it('loads the whole person, once for a request', async () => {
    const { body } = await ask('person');
    expect(body).toEqual({
      userId: 'user_ada',
      email: 'user_ada@example.com',
      again: 'user_ada@example.com',
    });
    expect(backend.calls).toEqual(['GET /v1/users/user_ada']);
  });

  it('remembers a person for seconds, each by themselves', async () => {
    await ask('person');
    await ask('person');
    expect(backend.calls).toHaveLength(1);
    expect((await ask('person', { sub: 'user_bob' })).body).toMatchObject({ email: 'user_bob@example.com' });
    expect(backend.calls).toHaveLength(2);
  });

  it.each(Object.entries(FAULTS))(
    'J23 leaves that part out of the answer while Clerk %s, and leaves Clerk alone',
    async (_name, fault) => {
      backend.answer(fault);
      const response = await ask('person');
      expect(response.status).toBe(200);
      expect(response.body).toEqual({ userId: 'user_ada', email: null, again: null });
      await Promise.all(['user_1', 'user_2', 'user_3'].map((sub) => ask('person', { sub })));
      expect(backend.calls).toHaveLength(1);
    },
  );

  it('J23 asks Clerk again after the time that it has named, by one request', async () => {
    backend.answer((_request, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '30' })
        .end('{"errors":[{"code":"too_many_requests"}]}'),
    );
    await ask('person');
    backend.answer(person('user_ada'));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now');
    clock.mockReturnValue(now + 25_000);
    expect((await ask('person')).body).toMatchObject({ email: null });
    clock.mockReturnValue(now + 31_000);
    expect((await ask('person')).body).toMatchObject({ email: 'user_ada@example.com' });
    expect(backend.calls).toHaveLength(2);
    clock.mockRestore();
  });

  it('asks once for a person whom several requests want at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('person')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(backend.calls).toHaveLength(1);
  });

  it('J23 is not misled by an answer to a question from before the trouble', async () => {
    const waiting: (() => void)[] = [];
    backend.answer((request, response) => {
      if (request.url?.endsWith('user_slow')) {
        waiting.push(() => person('user_slow')(request, response));
      } else {
        json({ errors: [{ code: 'too_many_requests' }] }, 429)(request, response);
        waiting.forEach((answer) => answer());
      }
    });
    const slow = ask('person', { sub: 'user_slow' });
    while (waiting.length === 0) {
      // oxlint-disable-next-line no-await-in-loop -- until the question has come in
      await new Promise(setImmediate);
    }
    await ask('person', { sub: 'user_1' });
    expect((await slow).body).toMatchObject({ email: 'user_slow@example.com' });
    await ask('person', { sub: 'user_2' });
    expect(backend.calls).toHaveLength(2);
  });

  it('takes a person whom Clerk does not know for a part that is missing, not for an outage', async () => {
    backend.answer(json({ errors: [{ code: 'resource_not_found' }] }, 404));
    expect((await ask('person')).body).toMatchObject({ email: null });
    await ask('person', { sub: 'user_bob' });
    expect(backend.calls).toHaveLength(2);
  });
});

describe('a plan that is asked for anew', () => {
  it.each([
    ['plan', PRO, 'GET /v1/users/user_ada/billing/subscription'],
    ['feature', PRO, 'GET /v1/users/user_ada/billing/subscription'],
    ['both', PRO, 'GET /v1/users/user_ada/billing/subscription'],
    ['feature', TEAM, 'GET /v1/organizations/org_1/billing/subscription'],
  ])('lets in whoever has it, at the price of one call: %s', async (path, claims, call) => {
    expect((await ask(path, claims)).body).toEqual({ paid: true });
    expect(backend.calls).toEqual([call]);
  });

  it('M06 is refused once Clerk knows that it has ended, although the token does not', async () => {
    backend.answer(subscription('free_user', ['basics']));
    for (const path of ['plan', 'feature', 'both']) {
      const response = await ask(path);
      expect(response.status).toBe(403);
      expect(JSON.parse(response.text)).toMatchObject({
        type: expect.stringMatching(/^urn:problem-type:missing-(plan|feature)$/),
      });
    }
  });

  it.each(['upcoming', 'ended', 'canceled', 'abandoned', 'incomplete'])(
    'M06 is refused while its item is %s',
    async (status) => {
      backend.answer(subscription('pro', ['reports'], status));
      expect((await ask('plan')).status).toBe(403);
    },
  );

  it('is not asked for when the token already says no', async () => {
    expect((await ask('plan', { pla: 'u:free_user' })).status).toBe(403);
    expect(backend.calls).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('M08 is not taken for paid while Clerk %s', async (_name, fault) => {
    backend.answer(fault);
    const response = await ask('plan');
    expect(response.status).toBe(503);
    expect(response.text).not.toContain('paid');
    expect((await ask('feature')).status).toBe(503);
  });

  it('M08 is not taken for paid when two questions would be needed', async () => {
    const response = await ask('of-two-payers', TEAM);
    expect(response.status).toBe(403);
    expect(backend.calls).toHaveLength(1);
    expect((await ask('of-two-payers')).status).toBe(200);
  });

  it('leaves no second question for the page', async () => {
    expect((await ask('plan-and-person')).body).toEqual({ paid: true, email: null });
    expect(backend.calls).toHaveLength(1);
  });
});
