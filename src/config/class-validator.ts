import { createRequire } from 'node:module';

type ClassValidator = typeof import('class-validator');

const require = createRequire(import.meta.url);

/**
 * What the kit itself takes of class-validator. The whole of it also loads the telephone numbers of the world, which would
 * be a seventh of the time until the first answer. Its decorators note what they say in one place, whoever loads them.
 */
const part = (path: string) => require(`class-validator/cjs/${path}.js`) as ClassValidator;

export const { IsIn } = part('decorator/common/IsIn');
export const { IsInt } = part('decorator/typechecker/IsInt');
export const { IsOptional } = part('decorator/common/IsOptional');
export const { Max } = part('decorator/number/Max');
export const { Min } = part('decorator/number/Min');
export const { ValidateBy } = part('decorator/common/ValidateBy');

const { getMetadataStorage } = part('metadata/MetadataStorage');
const { Validator } = part('validation/Validator');

/** Judges an object by the decorators of its class, as Nest's `ValidationPipe` wants it too. */
export const validator = {
  getMetadataStorage,
  validate: (object: object, options?: Parameters<ClassValidator['validate']>[1]) =>
    new Validator().validate(object, options),
  validateSync: (object: object) => new Validator().validateSync(object),
};
