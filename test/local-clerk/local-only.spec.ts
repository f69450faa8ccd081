import { get } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { localOnly } from '../../src/local-clerk/http/local-only.js';
import { isLoopbackAddress } from '../../src/local-clerk/http/loopback.js';
import { LocalApp } from './support/local-app.js';

describe('the local Clerk answers only its own application', () => {
  let app: LocalApp;
  let host: string;

  beforeAll(async () => {
    app = await LocalApp.start();
    host = new URL(app.origin).host;
  });

  afterAll(() => app.remove());

  const environment = '/__clerk/v1/environment';

  it('answers with the own Host and without an Origin, never to be cached', async () => {
    const response = await request(app.server).get(environment).set('Host', host).expect(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['evil.example', 'localhost', 'localhost.evil.example:3000', '127.0.0.1'])(
    'L05 refuses the Host %s',
    async (foreign) => {
      const response = await request(app.server).get(environment).set('Host', foreign).expect(403);
      expect(response.body.errors[0].code).toBe('origin_invalid');
      expect(response.text).not.toContain(foreign === 'localhost' ? '\0' : foreign);
    },
  );

  it.each(['https://evil.example', 'null', 'http://localhost:1', ''])(
    'L06 refuses the Origin "%s"',
    async (origin) => {
      await request(app.server)
        .post('/__clerk/v1/client/sign_ins')
        .set({ Host: host, Origin: origin })
        .send('identifier=ada@example.com')
        .expect(403);
    },
  );

  it('L06 refuses changes that another site sends without an Origin', async () => {
    await request(app.server)
      .post('/__clerk/v1/client/sign_ins')
      .set({ Host: host, 'Sec-Fetch-Site': 'cross-site' })
      .expect(403);
  });

  it('does not take X-Forwarded-Host for the Host', async () => {
    await request(app.server)
      .get(environment)
      .set({ Host: 'evil.example', 'X-Forwarded-Host': host })
      .expect(403);
  });

  it('changes nothing on GET, whatever _method says', async () => {
    await request(app.server).get('/__clerk/v1/client/sessions?_method=DELETE').set('Host', host).expect(404);
  });

  it.each([
    [undefined, false],
    ['192.168.1.4', false],
    ['::ffff:10.0.0.1', false],
    ['1270.0.0.1', false],
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::ffff:127.0.0.1', true],
    ['::1', true],
  ])('L03 takes a peer at %s for this machine: %s', (address, expected) => {
    expect(isLoopbackAddress(address)).toBe(expected);
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal);

  it('L03 refuses a peer that is not on loopback, with the right Host too', async () => {
    const reached = express();
    reached.use(localOnly('http://localhost:3000'), (_request, response) => void response.end('reached'));
    reached.use(((error: { status: number }, _request, response, _next) => {
      response.status(error.status).end();
    }) satisfies express.ErrorRequestHandler);
    const server = reached.listen(0, outside?.address ?? '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port, address } = server.address() as { port: number; address: string };
    const status = await new Promise((resolve, reject) => {
      get({ host: address, port, headers: { Host: 'localhost:3000' } }, (response) => {
        resolve(response.resume().statusCode);
      }).on('error', reject);
    });
    server.close();
    expect(status).toBe(outside ? 403 : 200);
  });
});

describe('an unknown call', () => {
  it("gets 404 in Clerk's shape, and one line in the terminal without its query", async () => {
    const app = await LocalApp.start();
    const { host } = new URL(app.origin);
    const response = await request(app.server)
      .post('/__clerk/v1/me/passkeys?_clerk_session_id=private')
      .set('Host', host)
      .expect(404);
    expect(response.body.errors[0].code).toBe('resource_not_found');
    expect(app.printed).toEqual(['local Clerk: unknown call POST /__clerk/v1/me/passkeys']);
    await app.remove();
  });
});
