import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

const clerk = new ClerkInstance();
const ADA = { first: 'Ada', last: 'Lovelace', uid: 'u-1', pla: 'u:pro', fea: 'u:basics,u:data_export' };
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
});
afterAll(() => app.stop());

describe('every page', () => {
  it.each(['/', '/plans', '/sign-in', '/sign-up'])('%s answers a visitor who is signed out', async (path) => {
    const response = await app.open(path);
    expect(response.status).toBe(200);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('data-session="signed-out"');
    expect(response.headers).toMatchObject({ 'cache-control': 'private, no-store', vary: 'Cookie' });
  });

  it.each(['/', '/plans', '/profile', '/sign-in', '/sign-up'])('%s knows who is signed in', async (path) => {
    const response = await app.open(path, await clerk.cookies(ADA));
    expect(response.status).toBe(200);
    expect(response.text).toContain('data-session="signed-in"');
    expect(response.text).toContain('data-clerk-component="user-button"');
    expect(response.text).not.toContain('>Sign in</a>');
  });

  it.each(['/', '/plans'])('%s takes a pending session for signed out', async (path) => {
    const response = await app.open(path, await clerk.cookies({ sts: 'pending' }));
    expect(response.status).toBe(200);
    expect(response.text).toContain('data-session="signed-out"');
  });

  it.each(['/', '/plans', '/profile'])(
    '%s goes through a handshake when the session has expired',
    async (path) => {
      const now = Math.floor(Date.now() / 1000);
      const response = await app.open(path, await clerk.cookies({ iat: now - 120, exp: now - 60 }));
      expect(response.status).toBe(307);
      expect(response.headers['location']).toMatch(/^https:\/\/clerk\.example\.com\/v1\/client\/handshake\?/);
      expect(response.text).toBe('');
    },
  );

  it('marks itself in the navigation, and only itself', async () => {
    const { text } = await app.open('/plans');
    expect(text.match(/aria-current="page"/g)).toHaveLength(1);
    expect(text).toMatch(/href="\/plans" aria-current="page"/);
  });

  it('reads the session from cookies only', async () => {
    const authorization = `Bearer ${await clerk.sessionToken(ADA)}`;
    const response = await app.request('get', '/', { accept: 'text/html', authorization });
    expect(response.text).toContain('data-session="signed-out"');
  });

  it('starts ClerkJS from the Frontend API of the publishable key', async () => {
    const { text } = await app.open('/');
    expect(text).toContain('src="https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js"');
    expect(text).toContain('src="https://clerk.example.com/npm/@clerk/ui@1/dist/ui.browser.js"');
    expect(text).toContain(`data-clerk-publishable-key="${clerk.variables['CLERK_PUBLISHABLE_KEY']}"`);
    expect(text).not.toContain('sk_live');
  });

  it('runs no inline script, and gives every script the nonce of the answer', async () => {
    const { text, headers } = await app.open('/');
    const nonce = /'nonce-([\w-]+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
    const scripts = text.match(/<script[^>]*>/g) ?? [];
    expect(scripts).toHaveLength(3);
    for (const script of scripts) {
      expect(script).toContain(' src="');
      expect(script).toContain(`nonce="${nonce}"`);
    }
    expect(text).not.toMatch(/\son\w+=/);
  });
});

describe('the home page', () => {
  it('greets by the first name of the token and shows plan and features', async () => {
    const { text } = await app.open('/', await clerk.cookies(ADA));
    expect(text).toContain('Hello, <bdi>Ada</bdi>');
    expect(text).toContain('>Pro<');
    expect(text).toContain('<li>Data export</li>');
  });

  it('greets by the user id when the token has no name', async () => {
    const { text } = await app.open('/', await clerk.cookies());
    expect(text).toContain('Hello, <bdi>user_ada</bdi>');
  });

  it('escapes what people call themselves', async () => {
    const { text } = await app.open('/', await clerk.cookies({ first: '<img src=x onerror=alert(1)>' }));
    expect(text).toContain('&lt;img src&#x3D;x');
    expect(text).not.toContain('<img');
  });

  it('shows its first card by who is looking', async () => {
    expect((await app.open('/')).text).toContain('Create an account');
    expect((await app.open('/', await clerk.cookies())).text).toContain('Open your profile');
  });
});

describe('the plans page', () => {
  it('mounts the pricing table for everybody and names the plan of the signed-in', async () => {
    const signedOut = await app.open('/plans');
    expect(signedOut.text).toContain('data-clerk-component="pricing-table"');
    expect(signedOut.text).not.toContain('You are on');
    const signedIn = await app.open('/plans', await clerk.cookies(ADA));
    expect(signedIn.text).toContain('You are on <strong>Pro</strong>');
  });

  it("prefers the active organisation's plan", async () => {
    const organization = { o: { id: 'org_1', slg: 'engines', rol: 'admin' }, pla: 'o:team,u:pro' };
    const { text } = await app.open('/plans', await clerk.cookies(organization));
    expect(text).toContain('You are on <strong>Team</strong>');
  });
});

describe('the profile page', () => {
  it('shows name, id, organisation, plan and the start of the session', async () => {
    const iat = Math.floor(Date.UTC(2026, 10, 23, 12, 30) / 1000);
    const now = Math.floor(Date.now() / 1000);
    const minutes = Math.floor((now - iat) / 60);
    const claims = {
      ...ADA,
      o: { id: 'org_1', slg: 'engines', rol: 'admin' },
      fva: [minutes, -1],
      iat: iat + minutes * 60,
    };
    const { text } = await app.open('/profile', await clerk.cookies({ ...claims, exp: now + 30 }));
    expect(text).toContain('<bdi>Ada Lovelace</bdi>');
    expect(text).toContain('<code>user_ada</code>');
    expect(text).toContain('<bdi>engines</bdi>, Admin');
    expect(text).toContain('<dd>Pro</dd>');
    expect(text).toContain('23 November 2026 at 12:30 UTC');
    expect(text).toContain('data-clerk-component="user-profile"');
  });

  it('sends a signed-out visitor to sign in and back', async () => {
    const response = await app.open('/profile?tab=security');
    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/sign-in?redirect_url=%2Fprofile%3Ftab%3Dsecurity');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.text).toBe('');
  });

  it('sends a pending session to sign in, where Clerk settles its task', async () => {
    const response = await app.open('/profile', await clerk.cookies({ sts: 'pending' }));
    expect(response.status).toBe(303);
  });

  it("leaves Clerk's parameters out of the way back", async () => {
    const response = await app.open('/profile?x=1&__clerk_handshake=secret&__clerk_help=1');
    expect(response.headers['location']).toBe('/sign-in?redirect_url=%2Fprofile%3Fx%3D1');
  });

  it('tells a program 401 in place of a redirect', async () => {
    const response = await app.request('get', '/profile', { 'sec-fetch-dest': 'empty', accept: '*/*' });
    expect(response.status).toBe(401);
    expect(response.type).toBe('application/problem+json');
  });
});

describe('the sign-in and sign-up pages', () => {
  it.each([
    ['/profile', '/profile'],
    ['/profile?tab=2', '/profile?tab&#x3D;2'],
    ['https://app.example.com/plans?x=1', '/plans?x&#x3D;1'],
    ['https://app.example.com.evil.example/plans', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/%2f/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
  ])('lead back to %j as %s', async (asked, expected) => {
    for (const page of ['/sign-in', '/sign-up']) {
      const { text } = await app.open(`${page}?redirect_url=${encodeURIComponent(asked)}`);
      expect(text).toContain(`data-return-path="${expected}"`);
      expect(text).not.toContain('evil.example');
    }
  });

  it('send elsewhere when the sign-in page is elsewhere, by full addresses', async () => {
    const elsewhere = await createTestApp({
      clerk,
      variables: { CLERK_SIGN_IN_URL: 'https://accounts.example.com/sign-in' },
    });
    const response = await elsewhere.open('/profile');
    expect(response.headers['location']).toBe(
      'https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fprofile',
    );
    await elsewhere.stop();
  });
});
