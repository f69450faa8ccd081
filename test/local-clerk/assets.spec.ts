import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Test } from 'supertest';
import { LocalApp } from './support/local-app.js';

describe('what the browser loads', () => {
  let app: LocalApp;

  beforeAll(async () => {
    app = await LocalApp.start();
  });

  afterAll(() => app.remove());

  function fetchPath(path: string): Test {
    return request(app.server).get(`/__clerk${path}`).set('Host', new URL(app.origin).host);
  }

  it.each([
    '/npm/@clerk/clerk-js@6/dist/clerk.browser.js',
    '/npm/@clerk/ui@1/dist/ui.browser.js',
    '/npm/@clerk/ui@latest/dist/ui.browser.js',
  ])('serves %s from node_modules, revalidated on each use', async (path) => {
    const response = await fetchPath(path)
      .expect(200)
      .expect('Content-Type', /javascript/);
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it('lets the installed exact version be cached for ever', async () => {
    const page = await fetchPath('/npm/@clerk/clerk-js@6.40.0/dist/clerk.browser.js').expect(200);
    expect(page.headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/npm/@clerk/clerk-js@6/dist/../package.json',
    '/npm/@clerk/clerk-js@6/dist/%2e%2e/package.json',
    '/npm/@clerk/clerk-js@6/dist/..%2fpackage.json',
    '/npm/@clerk/clerk-js@6/dist/..%5c..%5cpackage.json',
    '/npm/@clerk/clerk-js@6/dist/%252e%252e%252fpackage.json',
    '/npm/@clerk/clerk-js@6/package.json',
    '/npm/@clerk/backend@3/dist/index.js',
    '/npm/@clerk/clerk-js@..%2f..%2fui/dist/index.js',
    '/npm/@clerk/clerk-js@6/dist/nothing.js',
  ])('has nothing at %s', async (path) => {
    const response = await fetchPath(path).expect(404);
    expect(response.body.errors).toHaveLength(1);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('draws pictures with initials, and nothing else', async () => {
    const picture = await fetchPath('/avatars/AL.svg')
      .expect(200)
      .expect('Content-Type', /image\/svg\+xml/);
    expect(picture.headers['content-security-policy']).toBe("default-src 'none'");
    expect(String(picture.body)).toContain('>AL</text>');
    await fetchPath('/avatars/%3Cscript%3E.svg').expect(404);
    await fetchPath('/avatars/ABC.svg').expect(404);
  });

  it('serves the stub of Stripe.js where `scripts` says', async () => {
    expect(app.clerk.scripts).toEqual(['/__clerk/stripe.js']);
    const script = await fetchPath('/stripe.js')
      .expect(200)
      .expect('Content-Type', /javascript/);
    expect(() => new Script(script.text)).not.toThrow();
  });
});
