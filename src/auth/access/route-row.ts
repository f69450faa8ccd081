import type { Condition } from './condition.js';
import { reverificationSettings } from './reverification.js';
import type { Route } from './route-table.js';

/** A route as three cells of a table: `GET /reports`, which people may enter, and which programs. */
export function routeRow({
  method,
  path,
  ...access
}: Route): [route: string, people: string, programs: string] {
  const { isPublic, isBlind, tokens, conditions } = access;
  const machines = tokens.filter((type) => type !== 'session_token');
  const scopes = conditions.filter((condition) => 'scope' in condition);
  const others = conditions.filter((condition) => !('scope' in condition));
  const people = tokens.includes('session_token') ? ['signed in', ...others.map(inWords)] : ['nobody'];
  const programs = machines.length > 0 ? [...machines, ...scopes.map(inWords)] : [];
  return [
    `${method} ${path}`,
    isPublic ? `everybody${isBlind ? ', nobody asks who' : ''}` : people.join(', '),
    programs.join(', '),
  ];
}

function inWords(condition: Condition): string {
  if ('impersonation' in condition) return 'not impersonated';
  if ('reverification' in condition) {
    const { level, afterMinutes } = reverificationSettings(condition.reverification) ?? {};
    return level
      ? `verified within ${afterMinutes} minutes (${level.replace('_', ' ')})`
      : 'unknown condition';
  }
  const { fresh, ...asked } = { fresh: false, ...condition };
  const [kind, word] = Object.entries(asked)[0] ?? [];
  return `${kind} ${word}${fresh ? ' (asked anew)' : ''}`;
}
