import { strings } from '@angular-devkit/core';
import { normalizeToKebabOrSnakeCase } from '@nestjs/schematics';
import { Refusal } from '../../command.js';
import { ID } from '../../project/plugins.js';

/**
 * What a plugin is called in its files, its classes and its page: `time-sheets`, `TimeSheets` and `Time sheets`.
 * @param {string} name as somebody writes it, in Nest's ways
 * @throws {Refusal}
 */
export function namesOf(name) {
  const id = normalizeToKebabOrSnakeCase(name);
  if (!ID.test(id)) {
    throw new Refusal(
      `'${id}' cannot be the name of a plugin: write lower-case words of letters and digits with hyphens between them, ` +
        'such as time-sheets.',
    );
  }
  return { id, className: strings.classify(id), label: strings.capitalize(id.replaceAll('-', ' ')) };
}
