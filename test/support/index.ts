export { BackendApi, json, silence, type Answer } from './backend-api.js';
export { APP_URL, ClerkInstance } from './clerk-instance.js';
export { machineTokens } from './machine-tokens.js';
export { subscription } from './subscription.js';
export { createTestApp, NAVIGATION, type TestApp, type TestAppOptions } from './test-app.js';
export { user, type Person, type UserOptions } from './user.js';
