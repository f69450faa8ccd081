import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { Public } from '../auth/index.js';
import { ClerkHealth } from './clerk.health.js';
import { HealthFilter } from './health.filter.js';
import { PluginsHealth } from './plugins.health.js';

/** For the orchestrator: `live` says that the process serves, `ready` that what it depends on can be reached. */
@Public({ session: false })
@UseFilters(HealthFilter)
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly clerk: ClerkHealth,
    private readonly plugins: PluginsHealth,
  ) {}

  /** Without dependencies: an outage of Clerk's must not make anybody restart healthy processes. */
  @Get('live')
  @HealthCheck()
  live() {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check([() => this.clerk.check(), ...this.plugins.checks()]);
  }
}
