import type { Permission } from './permissions.js';

/** A role in organisations: what the member list calls it, and what it may do. */
export interface RoleDefinition {
  key: string;
  name: string;
  /** Clerk's own permissions. They decide what OrganizationProfile shows, and are in no session token. */
  system: readonly Permission[];
  /** The application's permissions. */
  custom: readonly Permission[];
}

const READS = ['org:sys_memberships:read', 'org:sys_billing:read'] as const;

/** The catalogue. The first role is that of whoever creates an organisation. */
export const roles = [
  {
    key: 'org:admin',
    name: 'Admin',
    system: [
      ...READS,
      'org:sys_profile:manage',
      'org:sys_profile:delete',
      'org:sys_memberships:manage',
      'org:sys_billing:manage',
      'org:sys_api_keys:read',
      'org:sys_api_keys:manage',
    ],
    custom: ['org:reports:read', 'org:reports:export'],
  },
  { key: 'org:member', name: 'Member', system: READS, custom: ['org:reports:read'] },
  {
    key: 'org:analyst',
    name: 'Analyst',
    system: READS,
    custom: ['org:reports:read', 'org:reports:export'],
  },
] as const satisfies readonly RoleDefinition[];

/** Key of a role. */
export type Role = (typeof roles)[number]['key'];

/** Whether the catalogue has a role of that key. */
export function isRole(key: string | undefined): key is Role {
  return roles.some((role) => role.key === key);
}

/** The definition of a role. One that the catalogue no longer has, and a state file still names, may do nothing. */
export function roleOf(key: Role): RoleDefinition {
  return roles.find((role) => role.key === key) ?? { key, name: key, system: [], custom: [] };
}
