import { Controller, Get } from '@nestjs/common';
import { AcceptsToken, RequireFeature, RequireScope } from '../auth/index.js';
import { Traffic } from './traffic.js';

/** The same numbers for programs, and for scripts of the pages: people by their plan, API keys by their scope. */
@Controller('api/reports')
export class ReportsApiController {
  constructor(private readonly traffic: Traffic) {}

  @AcceptsToken('session_token', 'api_key')
  @RequireFeature('reports')
  @RequireScope('reports:read')
  @Get()
  list() {
    return {
      minutes: this.traffic.lastMinutes().map(({ at, answered, refused, failed }) => ({
        at: at.toISOString(),
        answered,
        refused,
        failed,
      })),
    };
  }
}
