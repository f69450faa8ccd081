import base from './jest.config.js';

/**
 * Tests that follow the how-tos on a copy of the project, command by command: `npm run test:copy`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/copy/**/*.spec.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 180_000,
};
