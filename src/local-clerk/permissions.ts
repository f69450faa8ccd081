/** What roles are made of, with the names that the dashboard would show. `org:sys_*` are Clerk's own, the rest the application's. */
export const permissions = [
  { key: 'org:sys_profile:manage', name: 'Manage organization' },
  { key: 'org:sys_profile:delete', name: 'Delete organization' },
  { key: 'org:sys_memberships:read', name: 'Read members' },
  { key: 'org:sys_memberships:manage', name: 'Manage members' },
  { key: 'org:sys_billing:read', name: 'Read billing' },
  { key: 'org:sys_billing:manage', name: 'Manage billing' },
  { key: 'org:sys_api_keys:read', name: 'Read API keys' },
  { key: 'org:sys_api_keys:manage', name: 'Manage API keys' },
  { key: 'org:reports:read', name: 'Read reports' },
  { key: 'org:reports:export', name: 'Export reports' },
] as const;

/** `org:<feature>:<action>`; the feature of one of the application's own is a slug from `plans.ts`. */
export type Permission = (typeof permissions)[number]['key'];
