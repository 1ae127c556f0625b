const base = require('../../jest.config.js');

/** Suites that talk to a real kube-apiserver with a real kubectl; `bed/global-setup.ts` provides both. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/live/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/live/bed/global-setup.ts',
  testTimeout: 120_000,
  // Each suite has a server of its own: one after the other is faster than side by side.
  maxWorkers: 1,
};
