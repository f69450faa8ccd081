import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, user, type TestApp } from '../support/index.js';

const ADA = user({ firstName: 'Ada', lastName: 'Lovelace', plan: 'pro', features: ['export'] });
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.stop());

describe('every page', () => {
  it.each(['/open', '/sign-in', '/sign-up'])('%s answers a visitor who is signed out', async (path) => {
    const response = await app.open(path);
    expect(response.status).toBe(200);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('data-session="signed-out"');
    expect(response.headers).toMatchObject({ 'cache-control': 'private, no-store', vary: 'Cookie' });
  });

  it.each(['/open', '/closed', '/sign-in', '/sign-up'])('%s knows who is signed in', async (path) => {
    const response = await app.as(ADA).open(path);
    expect(response.status).toBe(200);
    expect(response.text).toContain('data-session="signed-in"');
    expect(response.text).toContain('data-clerk-component="user-button"');
    expect(response.text).not.toContain('>Sign in</a>');
  });

  it('takes a pending session for signed out', async () => {
    const response = await app.as(user({ claims: { sts: 'pending' } })).open('/open');
    expect(response.status).toBe(200);
    expect(response.text).toContain('data-session="signed-out"');
  });

  it.each(['/open', '/closed'])('%s goes through a handshake when the session has expired', async (path) => {
    const now = Math.floor(Date.now() / 1000);
    const response = await app.as(user({ claims: { iat: now - 120, exp: now - 60 } })).open(path);
    expect(response.status).toBe(307);
    expect(response.headers['location']).toMatch(/^https:\/\/clerk\.example\.com\/v1\/client\/handshake\?/);
    expect(response.text).toBe('');
  });

  it('shows what the session tells', async () => {
    const iat = Math.floor(Date.UTC(2026, 10, 23, 12, 30) / 1000);
    const now = Math.floor(Date.now() / 1000);
    const minutes = Math.floor((now - iat) / 60);
    const person = user({
      firstName: 'Ada',
      lastName: 'Lovelace',
      plan: 'org:pro',
      role: 'org:admin',
      features: ['priority-support'],
      verified: minutes,
      claims: { iat: iat + minutes * 60, exp: now + 30 },
    });
    const { text } = await app.as(person).open('/closed');
    for (const shown of [
      '<bdi>Ada Lovelace</bdi>',
      '<code>user_ada</code>',
      '<bdi>engines</bdi>, Admin',
      '<dd>Pro</dd>',
      '<li>Priority support</li>',
      '23 November 2026 at 12:30 UTC',
    ]) {
      expect(text).toContain(shown);
    }
  });

  it('reads the session from cookies only', async () => {
    const authorization = `Bearer ${app.token(ADA)}`;
    const response = await app.request('get', '/open', { accept: 'text/html', authorization });
    expect(response.text).toContain('data-session="signed-out"');
  });

  it('starts ClerkJS from the Frontend API of the publishable key', async () => {
    const { text } = await app.open('/open');
    expect(text).toContain('src="https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js"');
    expect(text).toContain('src="https://clerk.example.com/npm/@clerk/ui@1/dist/ui.browser.js"');
    expect(text).toContain(`data-clerk-publishable-key="${app.clerk.variables['CLERK_PUBLISHABLE_KEY']}"`);
    expect(text).not.toContain('sk_live');
  });

  it('runs no inline script, and gives every script the nonce of the answer', async () => {
    const { text, headers } = await app.open('/open');
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
