import type { JWTPayload } from 'jose';
import type { AccessRow } from './access-table.js';

/** Somebody who tries every route, and what is true of them in the words of `docs/access.md`. */
export interface Caller {
  name: string;
  /** Claims of a session token, or an opaque token of a program; neither for a stranger. */
  claims?: JWTPayload;
  token?: string;
  /** `feature reports`, `permission org:reports:export`, `api_key`, … */
  words: readonly string[];
  /** Minutes since the last verification. */
  verified?: number;
}

const ENGINES = { id: 'org_1', slg: 'engines' };
const TEAM = { pla: 'o:team,u:free_user', fea: 'o:reports' };
const ADMIN = { ...TEAM, o: { ...ENGINES, rol: 'admin', per: 'read,export', fpm: '3' } };
const OF_THE_TEAM = ['signed in', 'plan team', 'plan org:team', 'feature reports', 'feature org:reports'];
const OF_THE_ADMIN = [
  ...OF_THE_TEAM,
  'role org:admin',
  'permission org:reports:read',
  'permission org:reports:export',
];

/** Everybody who can be told from the others by what the decorators ask. */
export const CALLERS: readonly Caller[] = [
  { name: 'a stranger', words: [] },
  { name: 'somebody with a task pending', claims: { ...ADMIN, sts: 'pending' }, words: [] },
  {
    name: 'somebody on the free plan',
    claims: { pla: 'u:free_user', fea: 'u:basics' },
    words: ['signed in', 'not impersonated', 'plan free_user', 'feature basics'],
    verified: 3,
  },
  {
    name: 'somebody on another plan',
    claims: { pla: 'u:pro', fea: 'u:reports' },
    words: [
      'signed in',
      'not impersonated',
      'plan pro',
      'plan user:pro',
      'feature reports',
      'feature user:reports',
    ],
    verified: 3,
  },
  {
    name: 'a member of an organisation',
    claims: { ...TEAM, o: { ...ENGINES, rol: 'member', per: 'read', fpm: '1' } },
    words: [...OF_THE_TEAM, 'not impersonated', 'role org:member', 'permission org:reports:read'],
    verified: 3,
  },
  { name: 'its admin', claims: ADMIN, words: [...OF_THE_ADMIN, 'not impersonated'], verified: 3 },
  {
    name: 'its admin, verified long ago',
    claims: { ...ADMIN, fva: [2000, -1] },
    words: [...OF_THE_ADMIN, 'not impersonated'],
    verified: 2000,
  },
  {
    name: 'somebody who acts as its admin',
    claims: { ...ADMIN, act: { sub: 'user_support' } },
    words: OF_THE_ADMIN,
    verified: 3,
  },
  { name: 'an API key with every scope', token: 'ak_all', words: ['api_key', 'scope'] },
  { name: 'an API key without a scope', token: 'ak_bare', words: ['api_key'] },
  { name: 'a machine', token: 'mt_worker', words: ['m2m_token', 'scope'] },
  { name: 'an OAuth client', token: 'oat_client', words: ['oauth_token', 'scope'] },
];

/** What the table says becomes of a caller: they enter, or are answered by a status. */
export function verdictFor(caller: Caller, { path, people, programs }: AccessRow): string {
  if (people[0]?.startsWith('everybody')) return 'enters';
  if (caller.token !== undefined) return programVerdict(caller, programs);
  if (!caller.words.includes('signed in') || people[0] === 'nobody') {
    return path.startsWith('/api/') ? '401' : '303';
  }
  return people.every((word) => isTrueOf(caller, word)) ? 'enters' : '403';
}

function programVerdict({ words }: Caller, programs: readonly string[]): string {
  if (!programs.includes(words[0] ?? '')) return '401';
  const scopes = programs.filter((word) => word.startsWith('scope '));
  return scopes.length === 0 || words.includes('scope') ? 'enters' : '403';
}

function isTrueOf({ words, verified }: Caller, word: string): boolean {
  const minutes = /^verified within (\d+) minutes/.exec(word)?.[1];
  if (minutes !== undefined) return verified !== undefined && verified < Number(minutes);
  return words.includes(word.replace(' (asked anew)', ''));
}
