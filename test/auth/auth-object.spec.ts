import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import {
  CurrentAuth,
  CurrentOrganization,
  Public,
  type ActiveOrganization,
  type Auth,
} from '../../src/auth/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

@Public()
@Controller('api/asked')
class AskedController {
  @Post()
  ask(@CurrentAuth() auth: Auth, @Body() conditions: Record<string, unknown>) {
    return { has: auth.has(conditions) };
  }

  @Get()
  show(@CurrentAuth() auth: Auth, @CurrentOrganization() organization: ActiveOrganization | null) {
    const { tokenType, userId, sessionId, claims } = auth;
    return { tokenType, userId, sessionId, plan: claims['pla'] ?? null, organization };
  }
}

const clerk = new ClerkInstance();
const NOW = Math.floor(Date.now() / 1000);
const ENGINES = { id: 'org_1', slg: 'engines', rol: 'analyst', per: 'read,export', fpm: '3,1' };
const PAID: JWTPayload = {
  o: ENGINES,
  pla: 'o:team,u:pro',
  fea: 'o:reports,o:shared-projects,u:export',
};
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [AskedController] } });
});
afterAll(() => app.stop());

async function has(conditions: object, claims: JWTPayload = PAID): Promise<boolean> {
  const headers = { cookie: await clerk.cookies(claims), origin: APP_URL };
  const { body } = await app.request('post', '/api/asked', headers).send(conditions);
  return (body as { has: boolean }).has;
}

describe('has()', () => {
  it.each([
    { role: 'org:analyst' },
    { permission: 'org:reports:read' },
    { permission: 'org:reports:export' },
    { permission: 'org:shared-projects:read' },
    { plan: 'pro' },
    { plan: 'user:pro' },
    { plan: 'org:team' },
    { feature: 'reports' },
    { feature: 'org:reports' },
    { feature: 'user:export' },
    { reverification: 'strict' },
    { reverification: { level: 'first_factor', afterMinutes: 4 } },
    { plan: 'pro', permission: 'org:reports:export' },
    { role: 'org:analyst', plan: 'team', feature: 'export', reverification: 'lax' },
  ])('holds for what the token tells: %j', async (conditions) => {
    expect(await has(conditions)).toBe(true);
  });

  it.each([
    ['absent', { pla: undefined }],
    ['another one', { pla: 'u:free_user' }],
    ['one that begins alike', { pla: 'u:pro-trial,u:prof' }],
    ["the organisation's", { pla: 'o:pro' }],
    ['of an unknown scope', { pla: 'x:pro' }],
    ['in capitals', { pla: 'u:Pro' }],
    ['no text', { pla: ['u:pro'] }],
    ['empty', { pla: '' }],
  ])('M04 denies a plan that is %s', async (_name, claims) => {
    expect(await has({ plan: 'user:pro' }, { ...PAID, ...claims })).toBe(false);
  });

  it("M04 denies everything to a session that is pending, expired or nobody's", async () => {
    for (const claims of [
      { sts: 'pending' },
      { iat: NOW - 120, exp: NOW - 60 },
      { sub: '' },
      { azp: 'https://evil.example' },
    ]) {
      expect(await has({ plan: 'pro' }, { ...PAID, ...claims })).toBe(false);
    }
    const { body } = await app.request('post', '/api/asked', { origin: APP_URL }).send({ plan: 'pro' });
    expect(body).toEqual({ has: false });
  });

  it.each([
    { plan: 'pro', permission: 'org:reports:delete' },
    { plan: 'enterprise', permission: 'org:reports:export' },
    { role: 'org:admin', permission: 'org:reports:export' },
    { role: 'org:analyst', permission: 'org:reports:delete' },
    { feature: 'reports', plan: 'enterprise' },
    { feature: 'audit-log', plan: 'pro' },
    { plan: 'pro', reverification: { level: 'first_factor', afterMinutes: 2 } },
    { plan: 'pro', scope: 'reports:read' },
    { plan: 'user:team', feature: 'reports' },
    { plan: 'pro', feature: 'user:reports' },
  ])('M05 denies as soon as one of several is missing: %j', async (conditions) => {
    expect(await has(conditions)).toBe(false);
  });

  it.each([
    {},
    { plan: '' },
    { plan: ' ' },
    { plan: 'user:' },
    { plan: null },
    { plan: true },
    { plan: ['pro'] },
    { plan: 'pro', permission: null },
    { plan: 'pro', permission: '' },
    { plan: 'pro', plans: 'pro' },
    { anything: 'pro' },
    { fresh: true },
    { plan: 'pro', fresh: true },
    { impersonation: 'forbidden' },
    { role: 'org:' },
    { permission: 'org:' },
    { permission: 'org:sys_memberships:manage' },
    { reverification: '' },
    { reverification: 'now' },
    { reverification: {} },
    { reverification: { level: 'first_factor' } },
    { reverification: { level: 'first_factor', afterMinutes: '10' } },
    { reverification: { level: 'first_factor', afterMinutes: -1 } },
    { scope: 'reports:read' },
  ])("denies what is empty, unknown or none of a person's: %j", async (conditions) => {
    expect(await has(conditions)).toBe(false);
  });

  it('counts the minutes since the token was made', async () => {
    const claims = { ...PAID, fva: [1, -1], iat: NOW - 300 };
    expect(await has({ reverification: { level: 'first_factor', afterMinutes: 8 } }, claims)).toBe(true);
    expect(await has({ reverification: { level: 'first_factor', afterMinutes: 6 } }, claims)).toBe(false);
  });

  it('asks for the second factor of those who have one', async () => {
    const claims = { ...PAID, fva: [2, 30] };
    expect(await has({ reverification: 'strict' }, claims)).toBe(false);
    expect(await has({ reverification: 'moderate' }, claims)).toBe(true);
    expect(await has({ reverification: { level: 'first_factor', afterMinutes: 5 } }, claims)).toBe(true);
    expect(await has({ reverification: 'strict_mfa' }, { ...PAID, fva: [2, 3] })).toBe(true);
  });
});

describe(CurrentAuth.name, () => {
  it('tells who calls, and for whom', async () => {
    const { body } = await app.request('get', '/api/asked', { cookie: await clerk.cookies(PAID) });
    expect(body).toEqual({
      tokenType: 'session_token',
      userId: 'user_ada',
      sessionId: 'sess_1',
      plan: 'o:team,u:pro',
      organization: {
        id: 'org_1',
        slug: 'engines',
        role: 'org:analyst',
        permissions: ['org:reports:read', 'org:reports:export', 'org:shared-projects:read'],
      },
    });
  });

  it('is of nobody without a session', async () => {
    const { body } = await app.request('get', '/api/asked');
    expect(body).toEqual({ tokenType: null, userId: null, sessionId: null, plan: null, organization: null });
  });
});
