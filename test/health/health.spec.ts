import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk: new ClerkInstance({ mode: 'test' }) });
});
afterAll(() => app.stop());

describe('the health routes', () => {
  it.each(['/health/live', '/health/ready'])(
    '%s answers in JSON, a browser too, and nobody keeps it',
    async (path) => {
      const response = await app.open(path);
      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({ status: 'ok' });
      expect(response.headers['cache-control']).toContain('no-store');
      expect(response.headers['location']).toBeUndefined();
    },
  );
});
