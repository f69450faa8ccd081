import { type DynamicModule, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { Environment } from './environment.js';
import { environmentWarnings } from './environment.warnings.js';

/** Gives every module the checked `Environment`, plugins their own variables as well, and says at the start what of it should not stay so. */
@Module({})
export class ConfigModule implements OnModuleInit {
  readonly #logger = new Logger(Environment.name);

  static forRoot(environment: Environment): DynamicModule {
    const providers = [environment, ...environment.extensions].map((instance) => ({
      provide: instance.constructor,
      useValue: instance,
    }));
    return {
      module: ConfigModule,
      global: true,
      providers,
      exports: providers,
    };
  }

  constructor(private readonly environment: Environment) {}

  onModuleInit(): void {
    for (const warning of environmentWarnings(this.environment)) this.#logger.warn(warning);
  }
}
