import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Browser } from './support/browser.js';
import { ada } from './support/cast.js';
import { LocalApp } from './support/local-app.js';

const throughHandshake = ['/__clerk/v1/client/handshake', '/page', '/page'];

describe('the handshake', () => {
  let app: LocalApp;
  let browser: Browser;

  beforeEach(async () => {
    app = await LocalApp.start();
    browser = new Browser(app);
  });

  afterEach(() => app.remove());

  it('of a browser without cookies ends signed out, and is not repeated', async () => {
    const first = await browser.open('/page');
    expect(first.hops).toEqual(throughHandshake);
    expect(first.claims).toBeNull();
    expect((await browser.open('/page')).hops).toEqual([]);
  });

  it.each([
    ['__session is deleted', ['__session']],
    ['__client_uat is deleted', ['__client_uat']],
    ['__clerk_db_jwt is deleted', ['__clerk_db_jwt']],
    ['all three are deleted', ['__session', '__client_uat', '__clerk_db_jwt']],
  ])('signs in again when %s', async (_name, cookies) => {
    await browser.open('/page');
    await browser.signIn(...ada);
    for (const cookie of cookies) browser.set(cookie, undefined);
    const visit = await browser.open('/page');
    expect(visit.hops).toEqual(throughHandshake);
    expect(visit.claims?.sub).toBe('user_ada');
    expect((await browser.open('/page')).hops).toEqual([]);
  });

  it('signs in again when __client_uat is newer than the token', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    browser.set('__client_uat', String(Math.floor(Date.now() / 1000) + 30));
    const visit = await browser.open('/page');
    expect(visit.hops).toEqual(throughHandshake);
    expect(visit.claims?.sub).toBe('user_ada');
  });

  it('does not happen when both __session and __client_uat are deleted and the dev browser is kept', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    browser.set('__session', undefined);
    browser.set('__client_uat', undefined);
    const visit = await browser.open('/page');
    expect(visit).toMatchObject({ hops: [], claims: null, reason: 'session-token-and-uat-missing' });
  });

  it('does not happen for a token with a bad signature', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    const [header, payload] = (browser.cookies.get('__session') ?? '').split('.');
    browser.set('__session', `${header}.${payload}.${'A'.repeat(342)}`);
    expect(await browser.open('/page')).toMatchObject({
      hops: [],
      claims: null,
      reason: 'token-invalid-signature',
    });
  });

  it('does not happen on a fetch', async () => {
    expect((await browser.open('/page', { 'Sec-Fetch-Dest': 'empty' })).hops).toEqual([]);
  });

  it('ends signed out when the session was revoked', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    await app.backend.sessions.revokeSession(browser.sessionId());
    browser.set('__session', undefined);
    const visit = await browser.open('/page');
    expect(visit.hops).toEqual(throughHandshake);
    expect(visit.claims).toBeNull();
  });

  it('switches to the organisation that the address names', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    const url = handshakeUrl({ organization_id: 'analytical-engines' });
    const token = await cookieOf(url, '__session');
    expect(decodeJwt(token)['o']).toMatchObject({ id: 'org_analytical_engines', rol: 'admin' });
    const back = await cookieOf(handshakeUrl({ organization_id: '' }), '__session');
    expect(decodeJwt(back)['o']).toBeUndefined();
  });

  it('switches by itself when the page belongs to another organisation', async () => {
    await browser.open('/page');
    await browser.signIn(...ada);
    const visit = await browser.open('/page/team/analytical-engines');
    expect(visit.hops).toHaveLength(3);
    expect(visit.claims?.['o']).toMatchObject({ slg: 'analytical-engines' });
  });

  it('sets each cookie plain and suffixed, readable by ClerkJS', async () => {
    await browser.signIn(...ada);
    const directives = await payloadOf(handshakeUrl());
    const expected = ['__clerk_db_jwt', '__client_uat', '__session'].flatMap((name) => browser.names(name));
    expect(directives.map((directive) => directive.split('=')[0])).toEqual(expected);
    expect(directives.join()).not.toContain('HttpOnly');
  });

  it('hands a nonce out once', async () => {
    const { location } = await answer(handshakeUrl());
    const nonce = new URL(location).searchParams.get('__clerk_handshake_nonce') ?? '';
    const clients = app.backend.clients;
    await expect(clients.getHandshakePayload({ nonce })).resolves.toHaveProperty('directives');
    await expect(clients.getHandshakePayload({ nonce })).rejects.toMatchObject({ status: 404 });
  });

  it('is done by a signed token when no nonce is asked for', async () => {
    await browser.signIn(...ada);
    const { location } = await answer(handshakeUrl({ format: '' }));
    const { search } = new URL(location);
    expect(search).toContain('__clerk_handshake=');
    expect((await browser.open(`/page${search}`)).claims?.sub).toBe('user_ada');
  });

  it.each([
    'https://evil.example/',
    'http://localhost:1/',
    'http://localhost.evil.example/',
    '//evil.example/',
    '/page',
    'javascript:alert(1)',
    '',
  ])('L07 refuses to redirect to "%s"', async (redirect_url) => {
    const { status, location } = await answer(handshakeUrl({ redirect_url }));
    expect(status).toBe(400);
    expect(location).toBe('');
  });

  function handshakeUrl(change: Record<string, string> = {}): URL {
    const url = new URL(`${app.origin}/__clerk/v1/client/handshake`);
    url.search = new URLSearchParams({
      redirect_url: `${app.origin}/page`,
      format: 'nonce',
      ...change,
    }).toString();
    return url;
  }

  async function answer(url: URL): Promise<{ status: number; location: string }> {
    const Cookie = `__client=${browser.cookies.get('__client') ?? ''}`;
    const response = await fetch(url, { redirect: 'manual', headers: { Cookie } });
    return { status: response.status, location: response.headers.get('location') ?? '' };
  }

  async function payloadOf(url: URL): Promise<string[]> {
    const { location } = await answer(url);
    const nonce = new URL(location).searchParams.get('__clerk_handshake_nonce') ?? '';
    return (await app.backend.clients.getHandshakePayload({ nonce })).directives;
  }

  async function cookieOf(url: URL, name: string): Promise<string> {
    const directive = (await payloadOf(url)).find((candidate) => candidate.startsWith(`${name}=`)) ?? '';
    return directive.slice(name.length + 1).split(';')[0] ?? '';
  }
});
