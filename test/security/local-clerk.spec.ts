import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { EnvironmentError, loadEnvironment } from '../../src/config/index.js';
import { Browser } from '../local-clerk/support/browser.js';
import { ada } from '../local-clerk/support/cast.js';
import { LocalApp } from '../local-clerk/support/local-app.js';
import { ClerkInstance, createTestApp, NAVIGATION, type TestApp } from '../support/index.js';

/** The stand-in as the application asks for it, but that it must not. */
function neverOpened(): never {
  throw new Error('The local Clerk was opened');
}

/** Fields that Clerk's own answers may lack. */
const OPTIONAL = ['latestActivity'];

interface State {
  privateKey: JWK;
}

let local: LocalApp;
let browser: Browser;
let app: TestApp;

beforeAll(async () => {
  local = await LocalApp.start();
  browser = new Browser(local);
  await browser.signIn(...ada);
  // The real application, on another port than its stand-in for once.
  app = await createTestApp({
    variables: { ...local.clerk.variables, CLERK_JWT_KEY: '', APP_URL: local.origin },
  });
});
afterAll(async () => {
  await app.stop();
  await local.remove();
});

function askForMe(token: string) {
  const { host } = new URL(local.origin);
  return app.request('get', '/api/me', { host, authorization: `Bearer ${token}` });
}

async function jwks(of: LocalApp): Promise<{ keys: JWK[] }> {
  const { CLERK_API_URL, CLERK_SECRET_KEY } = of.clerk.variables;
  const headers = { authorization: `Bearer ${CLERK_SECRET_KEY}` };
  return (await (await fetch(`${CLERK_API_URL}/v1/jwks`, { headers })).json()) as { keys: JWK[] };
}

/** A token that the stand-in could have signed, with other claims. */
async function signed(claims: JWTPayload): Promise<string> {
  const { privateKey } = JSON.parse(await readFile(join(local.directory, 'state.json'), 'utf8')) as State;
  const [key] = (await jwks(local)).keys;
  return new SignJWT({ ...(await browser.claims()), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key?.kid })
    .sign(await importJWK(privateKey, 'RS256'));
}

describe('the stand-in', () => {
  it.each([{}, { APP_URL: 'http://localhost:3000' }, { APP_URL: 'https://app.example.com' }])(
    'L01 is not so much as opened in production: %j',
    async (variables) => {
      const start = loadEnvironment({ NODE_ENV: 'production', ...variables }, neverOpened);
      await expect(start).rejects.toBeInstanceOf(EnvironmentError);
    },
  );

  it.each([
    ['live keys', new ClerkInstance().variables],
    ['test keys', new ClerkInstance({ mode: 'test' }).variables],
  ])('L04 is not opened beside %s', async (_name, variables) => {
    expect((await loadEnvironment(variables, neverOpened)).localClerk).toBeUndefined();
  });

  it.each(['CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_JWT_KEY'])(
    'L04 is not opened beside one key alone: %s',
    async (name) => {
      const value = new ClerkInstance().variables[name] ?? '';
      await expect(loadEnvironment({ [name]: value }, neverOpened)).rejects.toBeInstanceOf(EnvironmentError);
    },
  );

  it('L03 listens where the application does, on this machine', async () => {
    const { HOST, APP_URL } = await loadEnvironment(new ClerkInstance().variables);
    expect([HOST, APP_URL]).toEqual(['127.0.0.1', 'http://localhost:3000']);
  });
});

describe('the keys of the stand-in', () => {
  it('L08 are RSA of 2048 bits, and new ones once the state is deleted', async () => {
    const other = await LocalApp.start();
    await other.stop();
    await rm(other.directory, { recursive: true });
    const anew = await LocalApp.start(other.directory);
    const [before, after] = [(await jwks(local)).keys, (await jwks(anew)).keys];
    for (const [key] of [before, after]) {
      expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256' });
      expect(Buffer.from(key?.n ?? '', 'base64url')).toHaveLength(256);
      expect(key).not.toHaveProperty('d');
    }
    expect(after[0]?.kid).not.toBe(before[0]?.kid);
    expect(anew.clerk.variables).not.toEqual(local.clerk.variables);
    await anew.remove();
  });

  it('L08 refuse the cookies of the state before', async () => {
    const directory = local.directory.concat('-new');
    const anew = await LocalApp.start(directory);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'sec-fetch-dest': 'empty' };
    const answer = (await (await fetch(`${anew.origin}/page`, { headers })).json()) as { status: string };
    expect(answer.status).toBe('signed-out');
    await anew.remove();
  });
});

describe('a token of the stand-in', () => {
  it('L09 passes the same checks as any other', async () => {
    expect((await askForMe(await signed({}))).status).toBe(200);
    const token = await signed({});
    const refused = [
      `${token.slice(0, -8)}AAAAAAAA`,
      await signed({ iss: 'https://clerk.example.com' }),
      await signed({ azp: 'https://evil.example' }),
      await signed({ exp: 9e9 }),
      await signed({ sub: '' }),
      await signed({ sid: undefined }),
    ];
    for (const wrong of refused) {
      expect((await askForMe(wrong)).status).toBe(401);
    }
  });

  it('L09 meets no code that knows of the stand-in in auth, http or the features', async () => {
    const files = (await readdir('src', { recursive: true })).filter((path) => path.endsWith('.ts'));
    const knowing: string[] = [];
    for (const file of files) {
      const text = await readFile(join('src', file), 'utf8');
      if (/local-?clerk|stand-?in/i.test(text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, ''))) knowing.push(file);
    }
    const places = knowing.filter((file) => !/^(?:local-clerk|config)\//.test(file));
    expect(places.toSorted()).toEqual(['app.ts', 'main.ts', 'views/layout-data.ts']);
  });

  it('L11 signs nobody in where the application has real keys', async () => {
    for (const mode of ['live', 'test'] as const) {
      const real = await createTestApp({
        clerk: new ClerkInstance({ mode }),
        variables: { APP_URL: local.origin },
      });
      const token = await signed({});
      const { host } = new URL(local.origin);
      const cookie = `__session=${token}; __client_uat=1; __clerk_db_jwt=dvb_1`;
      const api = await real.request('get', '/api/me', { host, authorization: `Bearer ${token}` });
      expect(api.status).toBe(401);
      const page = await real.request('get', '/open', {
        ...NAVIGATION,
        host,
        cookie,
        'sec-fetch-dest': 'empty',
      });
      expect(page.text).toContain('data-session="signed-out"');
      await real.stop();
    }
  });
});

describe('what the stand-in answers', () => {
  it('L10 has every field that @clerk/backend reads', async () => {
    const { users, organizations, sessions } = local.backend;
    const user = await users.getUser('user_ada');
    const { data: memberships } = await users.getOrganizationMembershipList({ userId: user.id });
    const [membership] = memberships;
    const read = {
      user,
      address: user.emailAddresses[0],
      membership,
      organization: await organizations.getOrganization({
        organizationId: membership?.organization.id ?? '',
      }),
      session: await sessions.getSession(browser.sessionId()),
    };
    for (const [name, resource] of Object.entries(read)) {
      const missing = Object.entries(resource ?? { all: undefined }).filter(
        ([, value]) => value === undefined,
      );
      const required = missing.map(([field]) => field).filter((field) => !OPTIONAL.includes(field));
      expect([name, required]).toEqual([name, []]);
    }
  });
});
