import type { Checkouts } from './billing/checkouts.js';
import type { ExampleId } from './example-id/example-id.js';
import type { HandshakeNonces } from './handshake-nonces.js';
import type { Instance } from './instance.js';
import type { Store } from './state/store.js';

/** What every route is built from. */
export interface Context {
  /** Public origin of the application. */
  origin: string;
  instance: Instance;
  store: Store;
  nonces: HandshakeNonces;
  checkouts: Checkouts;
  exampleId: ExampleId;
  print: (line: string) => void;
}
