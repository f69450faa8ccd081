import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackendApi, ClerkInstance, createTestApp, json, type TestApp } from '../support/index.js';
import { SIGNED_IN, SIGNED_OUT, tokenVerdict } from '../support/token-verdict.js';

/** Two instances whose tokens differ by their keys alone. */
const instances = [new ClerkInstance(), new ClerkInstance()] as const;

describe.each([
  ['with keys of their own', false],
  ['that fetch their keys', true],
])('A38 keeps two instances in one process apart, %s:', (_name, fetches) => {
  let apis: BackendApi[];
  let apps: TestApp[];

  beforeAll(async () => {
    apis = await Promise.all(instances.map(({ jwks }) => BackendApi.start(json(jwks))));
    apps = await Promise.all(
      instances.map((clerk, index) => {
        const fetched = { CLERK_JWT_KEY: '', CLERK_API_URL: apis[index]?.url ?? '' };
        return createTestApp({ clerk, variables: fetches ? fetched : {} });
      }),
    );
    await Promise.all(apps.map((app) => app.listen()));
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await Promise.all(apis.map((api) => api.stop()));
  });

  it('each takes its own tokens only, whichever was asked first', async () => {
    const tokens = await Promise.all(instances.map((clerk) => clerk.sessionToken()));
    for (const turn of [0, 1, 0]) {
      for (const [index, clerk] of instances.entries()) {
        const app = apps[turn] as TestApp;
        const expected = index === turn ? SIGNED_IN : SIGNED_OUT;
        expect(await tokenVerdict(app, clerk, tokens[index] ?? '')).toEqual(expected);
      }
    }
  });
});
