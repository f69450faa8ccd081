import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import {
  BackendApi,
  ClerkInstance,
  createTestApp,
  machineTokens,
  subscription,
  type TestApp,
} from '../support/index.js';

const clerk = new ClerkInstance();
const FREE: JWTPayload = { pla: 'u:free_user', fea: 'u:basics' };
const PRO: JWTPayload = { pla: 'u:pro', fea: 'u:reports' };
const ADMIN: JWTPayload = {
  o: { id: 'org_1', slg: 'engines', rol: 'admin', per: 'read,export', fpm: '3' },
  pla: 'o:team',
  fea: 'o:reports',
};
let backend: BackendApi;
let app: TestApp;

beforeEach(async () => {
  backend = await BackendApi.start(
    machineTokens({ ak_reader: { scopes: ['reports:read'] } }, subscription('team', ['reports'])),
  );
  app = await createTestApp({ clerk, variables: { CLERK_API_URL: backend.url } });
});
afterEach(async () => {
  await app.stop();
  await backend.stop();
});

async function open(path: string, claims: JWTPayload) {
  return app.open(path, await clerk.cookies(claims));
}

describe('the reports page', () => {
  it('counts what has become of requests so far', async () => {
    await app.open('/open');
    await app.open('/nowhere');
    expect((await app.open('/site.css')).status).toBe(200);
    const { text } = await open('/reports', PRO);
    expect(text).toMatch(/Requests<\/dt><dd[^>]*>2</);
    expect(text).toMatch(/Refused<\/dt><dd[^>]*>1</);
    expect(text).toMatch(/Failed<\/dt><dd[^>]*>0</);
  });

  it('draws a bar for each outcome of a minute, on the server', async () => {
    await app.open('/open');
    await app.open('/nowhere');
    const { text } = await open('/reports', PRO);
    expect(text).toMatch(/<svg [^]*chart__bar--answered[^]*chart__bar--refused[^]*<\/svg>/);
    expect(text.match(/<rect /g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).toContain('aria-label="Bar chart: 2 requests in thirty minutes, of which 1 were refused');
  });

  it('stands in the header of those who may see it', async () => {
    expect((await open('/open', PRO)).text).toContain('href="/reports"');
    expect((await open('/open', FREE)).text).not.toContain('href="/reports"');
    expect((await app.open('/open')).text).not.toContain('href="/reports"');
  });

  it('says what is missing to whoever has not paid for it', async () => {
    const response = await open('/reports', FREE);
    expect(response.status).toBe(403);
    expect(response.text).toContain('Reports: not in your plan');
  });

  it('comes without the name of its reader while Clerk does not say it', async () => {
    expect((await open('/reports', PRO)).status).toBe(200);
    expect(backend.calls).toEqual(['GET /v1/users/user_ada']);
  });

  it('offers the export to those who may have it', async () => {
    expect((await open('/reports', ADMIN)).text).toContain('href="/reports/export"');
    expect((await open('/reports', PRO)).text).not.toContain('href="/reports/export"');
  });
});

describe('the export', () => {
  it('is a file with a line for each minute', async () => {
    await app.open('/nowhere');
    const response = await open('/reports/export', ADMIN);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.headers['content-disposition']).toBe('attachment; filename="requests.csv"');
    const [head, ...lines] = response.text.trimEnd().split('\r\n');
    expect(head).toBe('minute,answered,refused,failed');
    expect(lines).toHaveLength(30);
    expect(lines.filter((line) => line.endsWith(',0,1,0'))).toHaveLength(1);
  });

  it('asks whoever has not been verified lately to prove who they are', async () => {
    const response = await open('/reports/export', { ...ADMIN, fva: [11, -1] });
    expect(response.status).toBe(403);
    expect(response.text).toContain('Please verify that it is you');
    expect(response.text).toContain('action="/reports/export"');
  });

  it("is refused in another person's name, without the permission, and once the plan has ended", async () => {
    expect((await open('/reports/export', { ...ADMIN, act: { sub: 'user_support' } })).status).toBe(403);
    expect((await open('/reports/export', PRO)).status).toBe(403);
    backend.answer(subscription('free_org', []));
    expect((await open('/reports/export', ADMIN)).status).toBe(403);
  });
});

describe('the reports as JSON', () => {
  it('are for programs with the scope, and for people with the plan', async () => {
    const byKey = await app.request('get', '/api/reports', { authorization: 'Bearer ak_reader' });
    const bySession = await app.request('get', '/api/reports', { cookie: await clerk.cookies(PRO) });
    for (const { status, body } of [byKey, bySession]) {
      expect(status).toBe(200);
      expect((body as { minutes: unknown[] }).minutes).toHaveLength(30);
      expect((body as { minutes: unknown[] }).minutes.at(-1)).toMatchObject({
        at: expect.stringMatching(/Z$/),
        refused: 0,
      });
    }
  });
});
