import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, SetMetadata, UseInterceptors } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  ClerkGuard,
  CurrentUser,
  HandshakeInterceptor,
  Public,
  routeRow,
  RouteTable,
  type SessionUser,
} from '../../src/auth/index.js';
import { Plugins } from '../../src/plugins/index.js';
import { accessTable, type AccessRow } from '../support/access-table.js';
import { CALLERS, verdictFor, type Caller } from '../support/callers.js';
import {
  APP_URL,
  BackendApi,
  ClerkInstance,
  createTestApp,
  machineTokens,
  NAVIGATION,
  subscription,
  type TestApp,
} from '../support/index.js';
import { routesOf } from '../support/routes.js';

const clerk = new ClerkInstance();
const JSON_CALLER = { accept: 'application/json' };

const ROUTES = accessTable();

/** A route that somebody has just added, without a thought of who may use it. */
@Controller('new')
class NewController {
  @Get()
  read(@CurrentUser() user: SessionUser) {
    return { reached: user.userId };
  }

  @Post()
  write() {
    return { reached: true };
  }

  /** Names by which other packages open a route. */
  @SetMetadata('isPublic', true)
  @SetMetadata('public', true)
  @SetMetadata('skipAuth', true)
  @SetMetadata(Public.KEY + 'x', {})
  @Get('marked')
  marked() {
    return { reached: true };
  }

  @UseInterceptors(HandshakeInterceptor)
  @Get('several/:id')
  several() {
    return { reached: true };
  }
}

@Module({ controllers: [NewController] })
class NewModule {}

describe('every route', () => {
  let app: TestApp;
  let backend: BackendApi;

  beforeAll(async () => {
    backend = await BackendApi.start(
      machineTokens(
        {
          ak_all: {
            scopes: ROUTES.flatMap(({ programs }) => programs).map((word) => word.replace('scope ', '')),
          },
          ak_bare: {},
          mt_worker: { subject: 'mch_worker' },
          oat_client: {},
        },
        subscription('team', ['reports']),
      ),
    );
    app = await createTestApp({ clerk, variables: { CLERK_API_URL: backend.url }, testPages: false });
  });
  afterAll(async () => {
    await app.stop();
    await backend.stop();
  });

  it('M02 is written down in docs/access.md, as its decorators say', () => {
    const written = ROUTES.map(({ method, path, people, programs, plugin }) =>
      [`${method} ${path}`, people.join(', '), programs.join(', '), plugin].join(' | '),
    );
    const plugins = app.get(Plugins);
    const decorated = app.get(RouteTable).routes();
    expect(written.toSorted()).toEqual(
      decorated
        .map((route) => [...routeRow(route), plugins.of(route.module)?.id ?? ''].join(' | '))
        .toSorted(),
    );
  });

  it('M02 that Express knows has decorators that were read', () => {
    const known = routesOf(app).toSorted();
    expect(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(known);
  });

  it.each(ROUTES.map((row) => ({ route: `${row.method} ${row.path}`, row })))(
    'M02 lets in whom the table names, and nobody else: $route',
    async ({ row }) => {
      const expected = CALLERS.map((caller) => `${caller.name}: ${verdictFor(caller, row)}`);
      const answers = await Promise.all(
        CALLERS.map(async (caller) => `${caller.name}: ${await tryRoute(app, row, caller)}`),
      );
      expect(answers).toEqual(expected);
    },
  );

  it.each(ROUTES.map(({ path }) => path))(
    'M02 shows nothing of a person who may not pass: %s',
    async (path) => {
      const cookie = await clerk.cookies({ sts: 'pending', sub: 'user_pending', uid: 'canary' });
      expect((await app.open(path, cookie)).text).not.toMatch(/user_pending|canary/);
    },
  );
});

describe('a person who asks', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk });
  });
  afterAll(() => app.stop());

  it.each([
    '/api/users/user_bob',
    '/api/users/user_ada',
    '/api/users',
    '/api/me/user_bob',
    '/api/user_bob',
    '/closed/user_bob',
    '/users/user_bob',
    '/api/sessions/sess_2',
    '/api/organizations/org_2',
  ])('M07 knows no other person by id: %s', async (path) => {
    const cookie = await clerk.cookies();
    expect((await app.request('get', path, { cookie })).status).toBe(404);
    expect((await app.open(path, cookie)).status).toBe(404);
  });

  it.each(['userId', 'id', 'user', 'sub', 'sid', 'orgId', 'user_id'])(
    'M07 tells of the person who asks, whatever the query calls %s',
    async (name) => {
      const cookie = await clerk.cookies();
      const plain = await app.request('get', '/api/me', { cookie });
      const headers = { cookie, 'x-user-id': 'user_bob', [`x-${name}`]: 'user_bob' };
      const asked = await app.request('get', `/api/me?${name}=user_bob`, headers);
      expect(asked.status).toBe(200);
      expect(asked.body).toEqual(plain.body);
      const page = await app.open(`/closed?${name}=user_bob`, cookie);
      expect(page.text).toContain('<code>user_ada</code>');
      expect(page.text).not.toContain('<code>user_bob</code>');
    },
  );
});

describe('a new route', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ clerk, with: { imports: [NewModule] } });
  });
  afterAll(() => app.stop());

  it.each(['/new', '/new/several/1'])('M01 is closed to strangers: %s', async (path) => {
    expect((await app.open(path)).status).toBe(303);
    expect((await app.request('get', path, JSON_CALLER)).status).toBe(401);
    expect((await app.request('head', path, JSON_CALLER)).status).toBe(401);
    expect((await app.open(path, await clerk.cookies({ sts: 'pending' }))).status).toBe(303);
    expect((await app.open(path, await clerk.cookies())).status).toBe(200);
  });

  it('M03 is not opened by the metadata of other packages', async () => {
    expect((await app.open('/new/marked')).status).toBe(303);
    expect((await app.request('get', '/new/marked', JSON_CALLER)).status).toBe(401);
  });

  it('M01 is closed to changes of strangers', async () => {
    expect((await app.request('post', '/new')).status).toBe(401);
  });

  it('M01 does not go unnoticed', () => {
    const written = ROUTES.map(({ method, path }) => `${method} ${path}`);
    const added = routesOf(app).filter((route) => !written.includes(route));
    expect(added).toEqual(
      expect.arrayContaining(['GET /new', 'POST /new', 'GET /new/marked', 'GET /new/several/:id']),
    );
  });
});

describe(ClerkGuard.name, () => {
  it('M03 closes every route when it can read no metadata', async () => {
    const app = await createTestApp({ clerk });
    const guard = app.get(ClerkGuard) as unknown as { reflector: Reflector };
    guard.reflector = new BlindReflector();
    for (const path of ['/open', '/sign-in', '/health/live', '/closed']) {
      expect((await app.open(path)).status).toBe(303);
      expect((await app.request('get', path, JSON_CALLER)).status).toBe(401);
    }
    expect((await app.open('/open', await clerk.cookies())).status).toBe(200);
    await app.stop();
  });

  it.each(['rpc', 'ws', 'graphql'])('M03 lets nothing pass that is no HTTP request: %s', async (type) => {
    const app = await createTestApp({ clerk });
    const context = { getType: () => type } as Parameters<ClerkGuard['canActivate']>[0];
    expect(await app.get(ClerkGuard).canActivate(context)).toBe(false);
    await app.stop();
  });
});

/** What becomes of a caller at a route: they enter, or are answered by a status. */
async function tryRoute(app: TestApp, { method, path }: AccessRow, caller: Caller): Promise<string> {
  const headers: Record<string, string> = caller.token
    ? { ...JSON_CALLER, authorization: `Bearer ${caller.token}` }
    : { ...NAVIGATION, ...(caller.claims && { cookie: await clerk.cookies(caller.claims) }) };
  if (method !== 'GET') headers['origin'] = APP_URL;
  const address = path.replaceAll(/[:*]\w+/g, '1');
  const { status } = await app.request(method.toLowerCase() as 'get', address, headers);
  return [303, 401, 403].includes(status) ? String(status) : 'enters';
}

/** Finds nothing, as after a build that drops metadata. */
class BlindReflector extends Reflector {
  override getAllAndOverride(): never {
    return undefined as never;
  }
}
