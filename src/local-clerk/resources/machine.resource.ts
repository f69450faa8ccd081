import type { Context } from '../context.js';
import { TOKEN_LIFETIME_S } from '../machine-auth/m2m-tokens.js';
import type { Machine } from '../state/machine-records.js';

/** A machine with those that take its tokens, without its secret key. */
export function machineResource({ store }: Pick<Context, 'store'>, machine: Machine) {
  const scoped = store.state.machines.filter(({ id }) => machine.scopedMachines.includes(id));
  return { ...record(machine), scoped_machines: scoped.map(record) };
}

function record({ id, name, createdAt, updatedAt }: Machine) {
  return {
    object: 'machine',
    id,
    name,
    instance_id: 'ins_local',
    default_token_ttl: TOKEN_LIFETIME_S,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
