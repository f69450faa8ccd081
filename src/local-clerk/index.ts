export { LocalClerk } from './local-clerk.js';
export type { LocalClerkOptions } from './options.js';
export { LocalClerkRefusedError } from './refusal.js';
export { StateFileError } from './state/state-file.error.js';
