import { permissions } from '../permissions.js';
import { roles, type RoleDefinition } from '../roles.js';

// The catalogue is code: nothing in it was made at a time.
const times = { created_at: 0, updated_at: 0 };

/** A role, as the member list's menu and the Backend API show it. */
export function roleResource({ key, name, system, custom }: RoleDefinition) {
  const held: readonly string[] = [...system, ...custom];
  return {
    object: 'role',
    id: `role_${key.replace('org:', '')}`,
    key,
    name,
    description: '',
    permissions: permissions.filter((permission) => held.includes(permission.key)).map(permissionResource),
    is_creator_eligible: key === roles[0].key,
    ...times,
  };
}

/** A permission of a role. */
export function permissionResource({ key, name }: (typeof permissions)[number]) {
  return {
    object: 'permission',
    id: `perm_${key.replace('org:', '').replaceAll(':', '_')}`,
    key,
    name,
    type: key.startsWith('org:sys_') ? 'system' : 'user',
    description: '',
    ...times,
  };
}
