import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, user, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.stop());

describe('a closed page', () => {
  it('sends a signed-out visitor to sign in and back', async () => {
    const response = await app.open('/closed?tab=security');
    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/sign-in?redirect_url=%2Fclosed%3Ftab%3Dsecurity');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.text).toBe('');
  });

  it('sends a pending session to sign in, where Clerk settles its task', async () => {
    const response = await app.as(user({ claims: { sts: 'pending' } })).open('/closed');
    expect(response.status).toBe(303);
  });

  it("leaves Clerk's parameters out of the way back", async () => {
    const response = await app.open('/closed?x=1&__clerk_handshake=secret&__clerk_help=1');
    expect(response.headers['location']).toBe('/sign-in?redirect_url=%2Fclosed%3Fx%3D1');
  });

  it('tells a program 401 in place of a redirect', async () => {
    const response = await app.request('get', '/closed', { 'sec-fetch-dest': 'empty', accept: '*/*' });
    expect(response.status).toBe(401);
    expect(response.type).toBe('application/problem+json');
  });
});

describe('the sign-in and sign-up pages', () => {
  it.each([
    ['/closed', '/closed'],
    ['/closed?tab=2', '/closed?tab&#x3D;2'],
    ['https://app.example.com/open?x=1', '/open?x&#x3D;1'],
    ['https://app.example.com.evil.example/open', '/'],
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
      variables: { CLERK_SIGN_IN_URL: 'https://accounts.example.com/sign-in' },
    });
    const response = await elsewhere.open('/closed');
    expect(response.headers['location']).toBe(
      'https://accounts.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fclosed',
    );
    await elsewhere.stop();
  });
});
