import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkInstance } from '../support/clerk-instance.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start({ variables: new ClerkInstance({ mode: 'test' }).variables });
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
