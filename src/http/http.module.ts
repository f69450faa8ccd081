import { Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { transformer, validator } from '../config/index.js';
import { ViewsModule } from '../views/index.js';
import { ErrorFilter } from './error.filter.js';

/** The edge: what every request passes before a handler, and every error after it. */
@Module({
  imports: [ViewsModule],
  providers: [
    ErrorFilter,
    { provide: APP_FILTER, useExisting: ErrorFilter },
    {
      provide: APP_PIPE,
      useValue: new ValidationPipe({
        whitelist: true,
        forbidNonWhitelisted: true,
        forbidUnknownValues: true,
        transform: true,
        transformerPackage: transformer,
        validatorPackage: validator,
      }),
    },
  ],
})
export class HttpModule {}
