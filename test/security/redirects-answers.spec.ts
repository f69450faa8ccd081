import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import supertest from 'supertest';
import { Assets } from '../../src/views/index.js';
import { staticFiles } from '../../src/http/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk });
  port = await app.listen();
});
afterAll(() => app.stop());

describe('a redirect', () => {
  it.each([
    '/closed?x=%0d%0aSet-Cookie:x=1',
    '/closed?x=%0aSet-Cookie:x=1',
    '/closed?x=%E5%98%8D%E5%98%8ASet-Cookie:x=1',
    '/closed?redirect_url=%0d%0aSet-Cookie:x=1',
  ])('D15 has one Location and no header of the visitor: %s', async (path) => {
    const response = await app.open(path);
    expect(response.status).toBe(303);
    expect(response.headers['set-cookie']).toBeUndefined();
    const locations = response.headers['location']?.split(/[\r\n]/) ?? [];
    expect(locations).toHaveLength(1);
    expect(new URL(locations[0] ?? '', APP_URL).pathname).toBe('/sign-in');
  });

  it('D15 to the handshake has one Location and no header of the visitor', async () => {
    const now = Math.floor(Date.now() / 1000);
    const cookie = await clerk.cookies({ iat: now - 120, exp: now - 60 });
    const { status, headers } = await app.open('/open?x=%0d%0aSet-Cookie:x=1', cookie);
    expect(status).toBe(307);
    expect(headers['location']).toMatch(/^https:\/\/clerk\.example\.com\/v1\/client\/handshake\?\S+$/);
    expect(String(headers['set-cookie'])).not.toContain('x=1');
  });

  it('D15 is not made of a line break in the path', async () => {
    const { status, head } = await sendRaw(
      port,
      rawRequest('GET /closed%0d%0aSet-Cookie:%20x=1 HTTP/1.1', ['Accept: text/html']),
    );
    expect(status).toBe(404);
    expect(head).not.toMatch(/^(location|set-cookie):/im);
  });

  it.each(['/closed?<script>alert(1)</script>', '/closed?"><img src=x>', "/closed?x='onload='alert(1)"])(
    'D16 has an empty body whatever the address says: %s',
    async (path) => {
      const target = path.replaceAll(' ', '%20');
      const answer = await sendRaw(port, rawRequest(`GET ${target} HTTP/1.1`, ['Accept: text/html']));
      expect(answer).toMatchObject({ status: 303, body: '' });
      expect(answer.head).not.toContain('<');
    },
  );

  it('leads back to a page whose query holds an address of another site', async () => {
    const { headers } = await app.open('/closed?from=https://news.example/a?b');
    const back = new URL(headers['location'] ?? '', APP_URL).searchParams.get('redirect_url');
    expect(back).toBe('/closed?from=https:%2F%2Fnews.example%2Fa?b');
    const { text } = await app.open(headers['location'] ?? '');
    expect(text).toContain('data-return-path="/closed?from');
  });

  it.each([
    '//evil.example/%2e%2e',
    '//evil.example/..',
    '///evil.example/%2e%2e/',
    '/%2f%2fevil.example/%2e%2e',
    '/\\evil.example/%2e%2e',
    '/%5cevil.example/%2e%2e',
    '/.//evil.example/%2e%2e',
    '/icons//evil.example/%2e%2e',
  ])('D17 never comes from the static files: %s', async (path) => {
    const { status, head } = await sendRaw(port, rawRequest(`GET ${path} HTTP/1.1`));
    expect([400, 404]).toContain(status);
    expect(head).not.toMatch(/^location:/im);
  });

  it('D17 is not given for a folder without its slash', async () => {
    const server = express().use(
      staticFiles(new Assets({ folders: { '': join(import.meta.dirname, '..') }, cached: false })),
    );
    const response = await supertest(server).get('/security');
    expect(response.status).toBe(404);
    expect(response.headers['location']).toBeUndefined();
  });
});

describe('D23 ClerkJS', () => {
  interface LoadOptions {
    allowedRedirectOrigins: string[];
    allowedRedirectProtocols?: string[];
  }
  type MountOptions = Record<string, string>;

  /** Runs the site's browser script on a page's own slots and gives what it tells ClerkJS. */
  async function startOn(path: string) {
    const { text } = await app.open(path);
    const slots = [...text.matchAll(/data-clerk-component="sign-(?:in|up)" data-return-path="([^"]*)"/g)];
    const told: { load?: LoadOptions; mounted: MountOptions[] } = { mounted: [] };
    const mount = (_slot: unknown, options: MountOptions) => told.mounted.push(options);
    const ready: (() => void)[] = [];
    const components = { mountSignIn: mount, mountSignUp: mount };
    const load = async (options: LoadOptions) => void (told.load = options);
    const Clerk = { ...components, load, addListener: () => {} };
    const window = { Clerk, __internal_ClerkUICtor: class {} };
    runInNewContext(readFileSync('public/clerk.js', 'utf8'), {
      window,
      ...window,
      URL,
      URLSearchParams,
      location: new URL(path, APP_URL),
      addEventListener: (name: string, listener: () => void) =>
        name === 'DOMContentLoaded' && ready.push(listener),
      document: {
        currentScript: { nonce: '', dataset: { signInUrl: '/sign-in', signUpUrl: '/sign-up' } },
        documentElement: { dataset: {} },
        getElementById: () => ({ hidden: true }),
        querySelector: () => null,
        querySelectorAll: () =>
          slots.map(([slot, returnPath]) => ({
            dataset: { clerkComponent: slot.includes('sign-in') ? 'sign-in' : 'sign-up', returnPath },
          })),
      },
    });
    ready.forEach((listener) => listener());
    await new Promise(setImmediate);
    return told;
  }

  it.each(['/sign-in', '/sign-up'])('D23 may go nowhere but to this origin from %s', async (page) => {
    for (const query of ['', '?redirect_url=https://evil.example', '?redirect_url=%2F%5Cevil.example']) {
      const { load, mounted } = await startOn(page + query);
      expect(load?.allowedRedirectOrigins).toEqual([APP_URL]);
      expect(load?.allowedRedirectProtocols).toBeUndefined();
      expect(mounted).toHaveLength(1);
      const places = Object.entries(mounted[0] ?? {}).filter(([name]) => /url$/i.test(name));
      expect(places.length).toBeGreaterThan(0);
      for (const [, place] of places) expect(new URL(place, APP_URL).origin).toBe(APP_URL);
      expect(JSON.stringify(mounted)).not.toContain('evil.example');
    }
  });
});
