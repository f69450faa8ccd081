import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { AcceptsToken, RequireFeature, RequireScope } from '../../src/auth/index.js';
import { BackendApi, createTestApp, machineTokens, user, type TestApp } from '../support/index.js';

@RequireFeature('reports')
@Controller('statistics')
class StatisticsController {
  @Get()
  show() {
    return 'Statistics';
  }
}

@AcceptsToken('session_token', 'api_key')
@RequireScope('reports:read')
@Controller('api/statistics')
class StatisticsApiController {
  @Get()
  list() {
    return [];
  }
}

@Controller('api/notes')
class NotesController {
  @Post()
  add() {
    return {};
  }
}

const controllers = [StatisticsController, StatisticsApiController, NotesController];

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ as: user({ firstName: 'Ada', plan: 'pro' }), with: { controllers } });
});
afterAll(() => app.stop());

it('is for people with the feature', async () => {
  const page = await app.as(user({ features: ['reports'] })).open('/statistics');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Statistics');

  expect((await app.open('/statistics')).status).toBe(403);

  const stranger = await app.as(null).open('/statistics');
  expect(stranger.headers['location']).toBe('/sign-in?redirect_url=%2Fstatistics');
});

it('takes a note', async () => {
  const answer = await app.request('post', '/api/notes').send({ text: 'Water the plants' });
  expect(answer.status).toBe(201);
});

const people = {
  somebody: user(),
  onPro: user({ plan: 'pro' }),
  admin: user({ role: 'org:admin' }),
  exporter: user({ plan: ['pro', 'org:team'], permissions: ['org:reports:export'] }),
  elsewhere: user({ organization: { id: 'org_2', slug: 'looms' } }),
  verifiedLongAgo: user({ verified: 90 }),
  impersonated: user({ id: 'user_grace', impersonatedBy: 'user_support' }),
  withClaimsOfYours: user({ claims: { locale: 'de' } }),
};

it.each(Object.entries(people))('knows %s', async (_name, person) => {
  expect((await app.as(person).request('get', '/api/me')).status).toBe(200);
});

it('takes a session token', async () => {
  const authorization = `Bearer ${app.token(user({ id: 'user_grace' }))}`;
  const { body } = await app.request('get', '/api/me', { authorization });
  expect(body).toMatchObject({ userId: 'user_grace' });
});

it('takes an API key with the scope, and no other', async () => {
  const backend = await BackendApi.start(
    machineTokens({ ak_reader: { scopes: ['reports:read'] }, ak_other: {} }),
  );
  const variables = { CLERK_API_URL: backend.url };
  const programs = await createTestApp({ variables, with: { controllers } });
  const ask = (key: string) => programs.request('get', '/api/statistics', { authorization: `Bearer ${key}` });

  expect((await ask('ak_reader')).status).toBe(200);
  expect((await ask('ak_other')).status).toBe(403);
  expect((await ask('ak_unknown')).status).toBe(401);
  await programs.stop();
  await backend.stop();
});

it('has run every example of docs/testing.md but the one for the browser', () => {
  const ran = readFileSync(import.meta.filename, 'utf8').replaceAll(', with: { controllers }', '');
  const examples = [...readFileSync('docs/testing.md', 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)]
    .map(([, code = '']) => code.replaceAll(/^import .*\n/gm, '').trim())
    .filter((code) => !code.includes('setStage()'));
  expect(examples).toHaveLength(5);
  for (const example of examples) expect(ran).toContain(example);
});
