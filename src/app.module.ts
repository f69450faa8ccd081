import { Module } from '@nestjs/common';
import { AccountModule } from './account/index.js';
import { AuthModule, authOptions } from './auth/index.js';
import { Environment } from './config/index.js';
import { HealthModule } from './health/index.js';
import { HomeModule } from './home/index.js';
import { HttpModule } from './http/index.js';
import { OrganizationModule } from './organization/index.js';
import { PlansModule } from './plans/index.js';
import { ProfileModule } from './profile/index.js';
import { ReportsModule } from './reports/index.js';
import { SignInModule } from './sign-in/index.js';

/** The list of modules, the kit's own and then the plugins: the one place where one is added or taken out. */
@Module({
  imports: [
    AuthModule.forRootAsync({ inject: [Environment], useFactory: authOptions }),
    HttpModule,
    SignInModule,
    AccountModule,
    HealthModule,
    HomeModule,
    PlansModule,
    ProfileModule,
    OrganizationModule,
    ReportsModule,
  ],
})
export class AppModule {}
