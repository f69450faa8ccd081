import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ClerkHealth } from './clerk.health.js';
import { HealthController } from './health.controller.js';
import { PluginsHealth } from './plugins.health.js';

/** `/health/live` and `/health/ready`. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [ClerkHealth, PluginsHealth],
})
export class HealthModule {}
