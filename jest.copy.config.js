import base from './jest.config.js';

/**
 * Tests of the project's commands and how-tos, on copies of the project: `npm run test:copy`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/copy/**/*.spec.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 180_000,
};
