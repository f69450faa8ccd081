import { Module } from '@nestjs/common';
import { AccountModule } from './account/index.js';
import { AuthModule, authOptions } from './auth/index.js';
import { Environment } from './config/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { OrganizationModule } from './organization/index.js';
import { PagesModule } from './pages/index.js';
import { ReportsModule } from './reports/index.js';

/** The list of modules: the one place where one is added or taken out. */
@Module({
  imports: [
    AuthModule.forRootAsync({ inject: [Environment], useFactory: authOptions }),
    HttpModule,
    PagesModule,
    AccountModule,
    OrganizationModule,
    ReportsModule,
    HealthModule,
  ],
})
export class AppModule {}
