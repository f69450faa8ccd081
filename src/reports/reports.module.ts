import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { ReportsApiController } from './reports-api.controller.js';
import { ReportsController } from './reports.controller.js';
import { Traffic } from './traffic.js';
import { TrafficMiddleware } from './traffic.middleware.js';

/** How much the application is used, as a page, as a file and as JSON, each for those who may see it. */
@Module({ controllers: [ReportsController, ReportsApiController], providers: [Traffic] })
export class ReportsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(TrafficMiddleware).forRoutes('/');
  }
}
