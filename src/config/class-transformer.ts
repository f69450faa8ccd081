import { createRequire } from 'node:module';

/**
 * class-transformer, as the kit and Nest's `ValidationPipe` use it: required, since an import reads each of its files once
 * more, in search of what it exports.
 */
export const transformer = createRequire(import.meta.url)(
  'class-transformer',
) as typeof import('class-transformer');

export const { plainToInstance, Transform } = transformer;
