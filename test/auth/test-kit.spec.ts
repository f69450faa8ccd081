import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post } from '@nestjs/common';
import {
  AcceptsToken,
  CurrentAuth,
  CurrentUser,
  type Auth,
  type Conditions,
  type SessionUser,
} from '../../src/auth/index.js';
import { createTestApp, user, type TestApp, type UserOptions } from '../support/index.js';

@Controller('api/kit')
class KitController {
  /** Which of the conditions hold, each by itself. */
  @Post()
  ask(@CurrentAuth() auth: Auth, @Body() conditions: Conditions[]) {
    return conditions.map((condition) => auth.has(condition));
  }

  @AcceptsToken('session_token', 'api_key')
  @Get()
  show(@CurrentAuth() { organization, actorId }: Auth, @CurrentUser() person: SessionUser) {
    return { person, organization, actorId };
  }
}

/** Every word that the tests know, and verifications of several ages. */
const ASKED: readonly Conditions[] = [
  ...(['org:admin', 'org:member', 'org:analyst'] as const).map((role) => ({ role })),
  ...(['org:reports:read', 'org:reports:export', 'org:export:read'] as const).map((permission) => ({
    permission,
  })),
  ...(['pro', 'user:pro', 'org:pro', 'team', 'user:team', 'org:team'] as const).map((plan) => ({ plan })),
  ...(['reports', 'user:reports', 'org:reports', 'export', 'user:export', 'org:export'] as const).map(
    (feature) => ({ feature }),
  ),
  ...(['strict', 'moderate', 'lax', 'strict_mfa'] as const).map((reverification) => ({ reverification })),
];
const LATELY = ['strict', 'moderate', 'lax', 'strict_mfa'];

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ with: { controllers: [KitController] } });
});
afterAll(() => app.stop());

/** What `has()` holds for. */
async function wordsOf(options: UserOptions): Promise<unknown[]> {
  const { body } = await app.as(user(options)).request('post', '/api/kit').send(ASKED);
  const held = body as boolean[];
  expect(held).toHaveLength(ASKED.length);
  return ASKED.filter((_condition, index) => held[index]).flatMap((condition) => Object.values(condition));
}

/** Whom the application takes the sender of a request for, or the status of its refusal. */
async function who(sender: TestApp, headers: Record<string, string> = {}): Promise<string | number> {
  const { status, body } = await sender.request('get', '/api/kit', headers);
  return status === 200 ? (body as { person: SessionUser }).person.userId : status;
}

describe(user.name, () => {
  it.each<[UserOptions, string[]]>([
    [{}, []],
    [{ plan: 'pro' }, ['pro', 'user:pro']],
    [{ plan: 'user:pro' }, ['pro', 'user:pro']],
    [{ plan: 'org:pro' }, ['org:member', 'pro', 'org:pro']],
    [{ plan: ['pro', 'org:team'] }, ['org:member', 'pro', 'user:pro', 'team', 'org:team']],
    [{ features: ['reports'] }, ['reports', 'user:reports']],
    [
      { features: ['user:export', 'org:reports'] },
      ['org:member', 'reports', 'org:reports', 'export', 'user:export'],
    ],
    [{ features: ['reports', 'org:reports'] }, ['org:member', 'reports', 'user:reports', 'org:reports']],
    [{ organization: {} }, ['org:member']],
    [{ role: 'org:admin' }, ['org:admin']],
    [{ permissions: ['org:reports:export'] }, ['org:member', 'org:reports:export', 'reports', 'org:reports']],
    [
      { permissions: ['org:export:read', 'org:reports:export'] },
      [
        'org:member',
        'org:reports:export',
        'org:export:read',
        'reports',
        'org:reports',
        'export',
        'org:export',
      ],
    ],
    [
      {
        permissions: ['org:reports:read', 'org:reports:export'],
        features: ['org:export', 'org:reports', 'export'],
      },
      [
        'org:member',
        'org:reports:read',
        'org:reports:export',
        'reports',
        'org:reports',
        'export',
        'user:export',
        'org:export',
      ],
    ],
    [
      {
        plan: ['pro', 'org:team'],
        features: ['export'],
        role: 'org:analyst',
        permissions: ['org:reports:read', 'org:export:read'],
      },
      [
        'org:analyst',
        'org:reports:read',
        'org:export:read',
        'pro',
        'user:pro',
        'team',
        'org:team',
        'reports',
        'org:reports',
        'export',
        'user:export',
        'org:export',
      ],
    ],
  ])('has what is given and nothing else: %j', async (options, expected) => {
    expect(await wordsOf(options)).toEqual([...expected, ...LATELY]);
  });

  it.each<[UserOptions, string[]]>([
    [{ verified: 9 }, LATELY],
    [{ verified: 30 }, ['moderate', 'lax']],
    [{ verified: 2000 }, []],
    [{ verified: 30, secondFactor: 2 }, ['strict', 'moderate', 'lax']],
    [{ verified: 2, secondFactor: 30 }, ['moderate', 'lax']],
    [{ verified: 2, secondFactor: 2 }, LATELY],
  ])('has proven who they are when it says so: %j', async (options, expected) => {
    expect(await wordsOf(options)).toEqual(expected);
  });

  it('is called what it says', async () => {
    const names = { id: 'user_grace', firstName: 'Grace', lastName: 'Hopper', uid: 'u-2' };
    const { id: userId, ...rest } = names;
    const person = user({
      ...names,
      organization: { id: 'org_2', slug: 'looms' },
      impersonatedBy: 'user_support',
    });
    const { body } = await app.as(person).request('get', '/api/kit');
    expect(body).toMatchObject({
      person: { userId, ...rest },
      organization: { id: 'org_2', slug: 'looms', role: 'org:member', permissions: [] },
      actorId: 'user_support',
    });
  });

  it('brings further claims', async () => {
    const person = user({ plan: 'pro', claims: { sts: 'pending' } });
    expect((await app.as(person).request('get', '/api/kit')).status).toBe(401);
  });

  it('does not compile with a word that nobody has declared', () => {
    const written = [
      user({ plan: ['org:team', 'pro'], features: ['org:reports'], permissions: ['org:reports:read'] }),
      // @ts-expect-error -- no such plan
      user({ plan: 'platinum' }),
      // @ts-expect-error -- no such feature
      user({ features: ['teleport'] }),
      // @ts-expect-error -- a role is written with its scope
      user({ role: 'admin' }),
      // @ts-expect-error -- no such permission
      user({ permissions: ['org:reports:burn'] }),
      // @ts-expect-error -- no such thing to say of somebody
      user({ plans: 'pro' }),
    ];
    expect(written).toHaveLength(6);
  });
});

describe(createTestApp.name, () => {
  it('sends requests as the person it is given, or whom it is asked as, and as nobody else', async () => {
    const mine = await createTestApp({
      as: user({ id: 'user_mine' }),
      with: { controllers: [KitController] },
    });
    const other = user({ id: 'user_other' });
    expect(await who(mine)).toBe('user_mine');
    expect(await who(mine.as(other))).toBe('user_other');
    expect(await who(mine.as(null))).toBe(401);
    expect(await who(mine, { cookie: await mine.clerk.cookies({ sub: 'user_cookie' }) })).toBe('user_cookie');
    expect(await who(mine, { Authorization: `Bearer ${mine.token(other)}` })).toBe('user_other');
    expect(await who(mine, { authorization: 'Bearer nonsense' })).toBe(401);
    expect((await mine.open('/sign-in')).text).toContain('data-session="signed-in"');
    expect((await mine.as(null).open('/sign-in')).text).toContain('data-session="signed-out"');
    await mine.stop();
  });

  it('finds Clerk away, wherever the tests run', async () => {
    expect(await who(app, { authorization: 'Bearer ak_any' })).toBe(503);
  });

  it('signs by one instance, unless it is given another', async () => {
    const [one, other] = await Promise.all([createTestApp(), createTestApp()]);
    expect(other.clerk).toBe(one.clerk);
    await Promise.all([one.stop(), other.stop()]);
  });
});
