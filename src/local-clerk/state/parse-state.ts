import { isRecord } from '../is-record.js';
import { STATE_VERSION, type State } from './state.js';

const collections: Record<string, readonly string[]> = {
  users: ['id', 'emailAddress', 'passwordHash', 'firstName', 'lastName'],
  organizations: ['id', 'name', 'slug'],
  memberships: ['id', 'organizationId', 'userId', 'role'],
  invitations: ['id', 'organizationId', 'emailAddress', 'role'],
  clients: ['id', 'token'],
  sessions: ['id', 'clientId', 'userId', 'status'],
  subscriptions: ['id', 'payerId', 'plan', 'period'],
  paymentMethods: ['id', 'payerId'],
  externalAccounts: ['id', 'userId', 'strategy', 'emailAddress'],
  actorTokens: ['id', 'token', 'userId', 'status'],
  apiKeys: ['id', 'subject', 'name'],
  machines: ['id', 'name'],
  m2mTokens: ['id', 'machineId'],
  oauthAccessTokens: ['id', 'userId', 'clientId'],
};

/** Lists that a later release added: a file without them is from before, and has nothing in them. */
const laterCollections: readonly string[] = [
  'actorTokens',
  'externalAccounts',
  'apiKeys',
  'machines',
  'm2mTokens',
  'oauthAccessTokens',
];

/**
 * Reads the text of a state file. Checks what every use relies on (version, keys, the text fields of each record),
 * not each field.
 *
 * @throws {Error} with the reason, to be put into a StateFileError.
 */
export function parseState(text: string): State {
  const value = parseJson(text);
  if (!isRecord(value)) throw new Error('it holds no JSON object');
  if (value['version'] !== STATE_VERSION) {
    throw new Error(`its version is not ${STATE_VERSION}, the one that this release reads`);
  }
  for (const name of ['instance', 'secretKey']) {
    if (!isText(value[name])) throw new Error(`"${name}" is missing`);
  }
  if (!isRecord(value['privateKey'])) throw new Error('"privateKey" is missing');
  for (const name of laterCollections) value[name] ??= [];
  for (const [name, keys] of Object.entries(collections)) assertCollection(name, value[name], keys);
  return value as unknown as State;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's own message would quote the file, and with it keys.
    throw new Error('it is not valid JSON', { cause });
  }
}

function assertCollection(name: string, value: unknown, keys: readonly string[]): void {
  if (!Array.isArray(value)) throw new Error(`"${name}" is not a list`);
  value.forEach((record: unknown, index) => {
    const missing = isRecord(record) ? keys.find((key) => typeof record[key] !== 'string') : 'everything';
    if (missing) throw new Error(`"${name}" number ${index + 1} lacks "${missing}"`);
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
