import { createInstance, generateKeys, type Instance } from './instance.js';
import { seed } from './seed.js';
import { StateFile } from './state/state-file.js';
import { StateFileError } from './state/state-file.error.js';
import { STATE_VERSION, type State } from './state/state.js';
import { Store } from './state/store.js';

/**
 * The instance whose state lies in the folder; a seeded one when the folder holds none. Notes where it is served.
 *
 * @throws {StateFileError} when there is a state that cannot be used.
 */
export async function openInstance(
  directory: string,
  origin: string,
): Promise<{ store: Store; instance: Instance }> {
  const file = new StateFile(directory);
  const state: State = file.read() ?? { version: STATE_VERSION, ...generateKeys(), ...(await seed()) };
  const store = new Store(state, file);
  const instance = await createInstance(state).catch((cause: Error) => {
    throw new StateFileError(file.path, cause.message, { cause });
  });
  store.forgetOld();
  state.origin = origin;
  store.save();
  return { store, instance };
}
