import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BackendApi, ClerkInstance, createTestApp, json, silence, type TestApp } from '../support/index.js';
import { byPath, FAULTS, handshakePayload } from '../support/upstream.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const clerk = new ClerkInstance();
/** The same instance once Clerk signs with another key. */
const rotated = new ClerkInstance();
const stranger = new ClerkInstance();
const both = { keys: [...clerk.jwks.keys, ...rotated.jwks.keys] };
let api: BackendApi;
let app: TestApp;

beforeEach(async () => {
  // Clerk's SDK prints each handshake that it refuses.
  jest.spyOn(console, 'error').mockReturnValue();
  api = await BackendApi.start(json(clerk.jwks));
  app = await createTestApp({ clerk, variables: { CLERK_JWT_KEY: '', CLERK_API_URL: api.url } });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.stop();
  await api.stop();
});

/** Lets time pass for everybody, tokens that are issued from now on among them. */
function pass(milliseconds: number): void {
  const time = Date.now() + milliseconds;
  jest.spyOn(Date, 'now').mockReturnValue(time);
}

async function statusFor(instance: ClerkInstance): Promise<number> {
  return (await app.request('get', '/api/me', { cookie: await instance.cookies() })).status;
}

describe('the first requests of all', () => {
  it('J16 fetch the keys once, fifty at the same time', async () => {
    const cookies = await Promise.all(Array.from({ length: 50 }, () => clerk.cookies()));
    const answers = await Promise.all(cookies.map((cookie) => app.request('get', '/api/me', { cookie })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });

  it('J16 wait for one answer together when none comes', async () => {
    api.answer(silence);
    const cookie = await clerk.cookies();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => app.request('get', '/api/me', { cookie })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });
});

describe('a rotation of keys', () => {
  beforeEach(async () => {
    await statusFor(clerk);
    pass(11 * SECOND);
    api.calls.length = 0;
  });

  it('J17 is followed with one fetch, and the old key goes on', async () => {
    api.answer(json(both));
    expect(await statusFor(rotated)).toBe(200);
    expect(await statusFor(rotated)).toBe(200);
    expect(await statusFor(clerk)).toBe(200);
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });

  it('J17 ends what the old key has signed once the keys are five minutes old', async () => {
    api.answer(json(rotated.jwks));
    pass(4 * MINUTE);
    expect(await statusFor(clerk)).toBe(200);
    pass(MINUTE);
    expect(await statusFor(clerk)).toBe(401);
    expect(await statusFor(rotated)).toBe(200);
    expect(api.calls).toEqual(['GET /v1/jwks']);
  });

  it('J17 ends it at once when somebody has come with the new key', async () => {
    api.answer(json(rotated.jwks));
    expect(await statusFor(rotated)).toBe(200);
    expect(await statusFor(clerk)).toBe(401);
  });

  it('J17 holds for a handshake, whose nonce is exchanged once', async () => {
    const directives = [`__session=${await rotated.sessionToken()}; Path=/`, '__client_uat=1; Path=/'];
    const payload = handshakePayload(directives);
    api.answer(byPath({ jwks: json(both), 'clients/handshake_payload?nonce=n1': payload }));
    const answer = await app.open('/closed', '__clerk_handshake_nonce=n1');
    expect(answer.status).toBe(200);
    expect(api.calls).toEqual(['GET /v1/clients/handshake_payload?nonce=n1', 'GET /v1/jwks']);

    const token = await rotated.handshakeToken(directives);
    expect((await app.open('/closed', `__clerk_handshake=${token}`)).status).toBe(200);
  });

  it('J17 passes over keys of kinds that it does not know', async () => {
    const others = [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, { kty: 'OKP' }, { kid: 'ins_none' }];
    api.answer(json({ keys: [...others, ...rotated.jwks.keys] }));
    expect(await statusFor(rotated)).toBe(200);
  });
});

describe('tokens that no key of the instance has signed', () => {
  it('J17 make one fetch in ten seconds, however many come', async () => {
    await statusFor(clerk);
    for (let time = 0; time < 3; time++) {
      pass(11 * SECOND);
      // oxlint-disable-next-line no-await-in-loop -- each round is later than the one before
      const statuses = await Promise.all(Array.from({ length: 20 }, () => statusFor(stranger)));
      expect(new Set(statuses)).toEqual(new Set([401]));
    }
    expect(api.calls).toHaveLength(4);
  });

  it.each(Object.entries(FAULTS).filter(([, fault]) => fault !== silence))(
    'J19 take nothing from people whose key is known while Clerk %s',
    async (_name, fault) => {
      await statusFor(clerk);
      pass(11 * SECOND);
      api.answer(fault);
      // Nobody can say whether its key is a new one of Clerk's.
      expect(await statusFor(stranger)).toBe(503);
      expect(await statusFor(stranger)).toBe(503);
      expect(await statusFor(clerk)).toBe(200);
    },
  );

  it('J19 hold nobody up whose key is known while Clerk never answers', async () => {
    await statusFor(clerk);
    pass(11 * SECOND);
    api.answer(silence);
    const finished: number[] = [];
    const forged = statusFor(stranger).then((status) => finished.push(status));
    while (api.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    finished.push(await statusFor(clerk));
    await forged;
    expect(finished).toEqual([200, 503]);
  });
});

describe('with CLERK_JWT_KEY', () => {
  it('J18 nobody asks Clerk for anything, away or not', async () => {
    for (const fault of [json(clerk.jwks), ...Object.values(FAULTS)]) {
      api.answer(fault);
      // oxlint-disable no-await-in-loop -- one state of Clerk's after the other
      const offline = await createTestApp({
        clerk,
        variables: { CLERK_API_URL: api.url },
      });
      const cookie = await clerk.cookies();
      const answers = await Promise.all([
        offline.open('/open', cookie),
        offline.open('/open', cookie),
        offline.open('/closed', cookie),
        offline.request('get', '/api/me', { cookie }),
        offline.request('get', '/health/ready'),
      ]);
      const forged = await offline.request('get', '/api/me', { cookie: await stranger.cookies() });
      await offline.stop();
      // oxlint-enable no-await-in-loop
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      for (const { text } of answers.slice(0, 3)) expect(text).toContain('data-session="signed-in"');
      expect(forged.status).toBe(401);
    }
    expect(api.calls).toEqual([]);
  });
});
