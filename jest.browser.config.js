import base from './jest.config.js';

/**
 * The browser tests, on the built application: `npm run test:browser` builds it first.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  testPathIgnorePatterns: [],
  globalSetup: '<rootDir>/test/browser/support/chromium-path.ts',
  testTimeout: 60_000,
  maxWorkers: 1,
};
