import { describe, expect, it } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { AcceptsToken, RequireFeature, RequireRole, RequireScope, RouteTable } from '../../src/auth/index.js';
import { ClerkInstance } from '../support/clerk-instance.js';
import { TestApp } from '../support/test-app.js';

const clerk = new ClerkInstance();

@Controller('hooks')
class OutsideTheApi {
  @AcceptsToken('m2m_token')
  @Get('run')
  run() {}
}

@Controller('api/none')
class NoToken {
  @AcceptsToken()
  @Get()
  run() {}
}

@Controller('api/scope')
class ScopeOfPeople {
  @RequireScope('reports:read')
  @Get()
  run() {}
}

@Controller('api/role')
class RoleOfPrograms {
  @AcceptsToken('session_token', 'api_key')
  @RequireRole('org:admin')
  @Get()
  run() {}
}

@RequireFeature('reports')
@Controller(['api/first', 'api/second'])
class SeveralPaths {
  @Get(['one', 'two/:id'])
  run() {}
}

function start(controller: Type): Promise<TestApp> {
  return TestApp.start({ variables: clerk.variables, with: { controllers: [controller] } });
}

describe(RouteTable.name, () => {
  it.each<[Type, RegExp]>([
    [
      OutsideTheApi,
      /GET \/hooks\/run \(OutsideTheApi\.run\) accepts m2m_token.*under \/api only.*move the route/,
    ],
    [NoToken, /GET \/api\/none .*accepts no token.*name a type/],
    [ScopeOfPeople, /GET \/api\/scope .*asks for a scope.*add @AcceptsToken/],
    [RoleOfPrograms, /GET \/api\/role .*only people meet.*add @RequireScope/],
  ])('stops the boot when nobody could enter a route as it says: %p', async (controller, message) => {
    await expect(start(controller)).rejects.toThrow(message);
  });

  it('knows every path of a handler', async () => {
    const app = await start(SeveralPaths);
    const paths = app
      .get(RouteTable)
      .routes()
      .filter(({ handler }) => handler === 'SeveralPaths.run');
    expect(paths.map(({ path }) => path)).toEqual([
      '/api/first/one',
      '/api/first/two/:id',
      '/api/second/one',
      '/api/second/two/:id',
    ]);
    await app.stop();
  });
});
