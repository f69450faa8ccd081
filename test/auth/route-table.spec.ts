import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import {
  AcceptsToken,
  RequireFeature,
  RequireRole,
  RequireScope,
  RouteTable,
  RequirePlan,
} from '../../src/auth/index.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

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

@AcceptsToken('session_token', 'api_key')
@RequireScope('reports:read')
@Controller('api/mixed')
class RoleWithoutScope {
  @RequireRole('org:admin')
  @Get()
  run() {}
}

@RequirePlan('user:pro', { fresh: true })
@Controller('api/payers')
class TwoPayers {
  @RequireFeature('org:reports', { fresh: true })
  @Get()
  run() {}
}

@AcceptsToken('api_key')
@Controller('api')
class Elsewhere {
  @Get('list')
  run() {}
}

@Module({ controllers: [Elsewhere] })
class ElsewhereModule {}

@RequireFeature('reports')
@Controller(['api/first', 'api/second'])
class SeveralPaths {
  @Get(['one', 'two/:id'])
  run() {}
}

function start(controller: Type): Promise<TestApp> {
  return createTestApp({ clerk, with: { controllers: [controller] } });
}

describe(RouteTable.name, () => {
  it.each<[Type, RegExp]>([
    [
      OutsideTheApi,
      /GET \/hooks\/run \(OutsideTheApi\.run\) accepts m2m_token.*under \/api only.*move the route/,
    ],
    [NoToken, /GET \/api\/none .*accepts no token.*name a type/],
    [ScopeOfPeople, /GET \/api\/scope .*asks for a scope.*add @AcceptsToken/],
    [RoleWithoutScope, /GET \/api\/mixed .*only people meet.*where those conditions stand/],
    [TwoPayers, /GET \/api\/payers .*two payers/],
    [RoleOfPrograms, /GET \/api\/role .*only people meet.*add @RequireScope/],
  ])('stops the boot when nobody could enter a route as it says: %p', async (controller, message) => {
    await expect(start(controller)).rejects.toThrow(message);
  });

  it('does not take two lists of tokens on one place', () => {
    expect(() => {
      @AcceptsToken('api_key')
      @AcceptsToken('m2m_token')
      class Twice {}
      return Twice;
    }).toThrow('@AcceptsToken() stands twice on Twice: name every type in one.');
  });

  it('knows where a module was put', async () => {
    const router = RouterModule.register([{ path: 'v1', module: ElsewhereModule }]);
    const starting = createTestApp({
      clerk,
      with: { imports: [ElsewhereModule, router] },
    });
    await expect(starting).rejects.toThrow(/GET \/v1\/api\/list .*under \/api only/);
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
