import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { LogCapture } from '../support/log-capture.js';

const clerk = new ClerkInstance();
const BY_SUPPORT = { act: { sub: 'user_support' } };
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
});
afterAll(() => app.stop());

it.each(['/open', '/closed', '/nowhere'])('A28 shows on %s who acts as whom', async (path) => {
  const { text } = await app.open(path, await clerk.cookies(BY_SUPPORT));
  expect(text).toContain('<bdi>user_support</bdi> is acting as <bdi>user_ada</bdi>');
  expect((await app.open(path, await clerk.cookies())).text).not.toContain('is acting as');
});

it('A28 leaves both ids in the log', async () => {
  const log = new LogCapture({ json: true });
  try {
    await app.open('/closed', await clerk.cookies(BY_SUPPORT));
    expect(log.messages).toContainEqual({
      event: 'impersonation',
      userId: 'user_ada',
      actorId: 'user_support',
    });
  } finally {
    log.stop();
  }
});
