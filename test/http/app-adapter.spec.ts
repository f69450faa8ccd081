import { expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppAdapter } from '../../src/http/index.js';
import { createTestApp } from '../support/index.js';

it(`${AppAdapter.name} gives Express requests and responses whose prototypes it leaves as they are`, async () => {
  const app = await createTestApp();
  const born = new Map<object, unknown>();
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const message of [request, response]) born.set(message, Object.getPrototypeOf(message));
  });
  await app.open('/open');
  await app.stop();

  expect(born.size).toBe(2);
  for (const [message, prototype] of born) expect(Object.getPrototypeOf(message)).toBe(prototype);
});
