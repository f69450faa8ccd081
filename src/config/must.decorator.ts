import type { ValidationArguments } from 'class-validator';
import { ValidateBy } from './class-validator.js';
import type { Environment } from './environment.js';

/** Says what is wrong with a variable's value and what to set instead, or undefined when it is fine. */
export type Rule = (value: unknown, environment: Environment) => string | undefined;

/** Validates a variable by rules that see the whole environment; the first one broken is reported. */
export function Must(...rules: Rule[]): PropertyDecorator {
  const firstFault = (value: unknown, args?: ValidationArguments) => {
    for (const rule of rules) {
      const fault = rule(value, args?.object as Environment);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  return ValidateBy({
    name: 'must',
    validator: {
      validate: (value, args) => firstFault(value, args) === undefined,
      defaultMessage: (args) => firstFault(args?.value, args) ?? '',
    },
  });
}
