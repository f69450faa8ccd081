import { machineTypes } from '../machine/token-type.js';
import { isForProgramsAlone, isFresh, type Condition } from './condition.js';
import { reverificationSettings } from './reverification.js';
import type { Route } from './route-table.js';

/** A route as three cells of a table: `GET /reports`, which people may enter, and which programs. */
export function routeRow({
  method,
  path,
  ...access
}: Route): [route: string, people: string, programs: string] {
  const { isPublic, isBlind, tokens, conditions } = access;
  const ofPeople = conditions.filter((condition) => !isForProgramsAlone(condition)).map(inWords);
  const scopes = conditions.filter(isForProgramsAlone).map(inWords);
  const people = tokens.includes('session_token') ? ['signed in', ...strictest(ofPeople)] : ['nobody'];
  const machines = machineTypes(tokens);
  return [
    `${method} ${path}`,
    isPublic ? `everybody${isBlind ? ', nobody asks who' : ''}` : people.join(', '),
    machines.length > 0 ? [...machines, ...scopes].join(', ') : '',
  ];
}

/** Without what is said twice, and without what is asked anew besides. */
function strictest(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => !words.includes(`${word}${ANEW}`));
}

const ANEW = ' (asked anew)';

function inWords(condition: Condition): string {
  const { kind, value } = condition;
  if (kind === 'impersonation') return 'not impersonated';
  if (kind === 'reverification') {
    const { level, afterMinutes } = reverificationSettings(value) ?? {};
    return level
      ? `verified within ${afterMinutes} minutes (${level.replace('_', ' ')})`
      : 'unknown condition';
  }
  return `${kind} ${value}${isFresh(condition) ? ANEW : ''}`;
}
