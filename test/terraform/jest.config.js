const base = require('../../jest.config.js');

/** Suites that run the real terraform with the real azurerm provider; `global-setup.ts` provides both. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/terraform/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/terraform/tools/global-setup.ts',
  testTimeout: 120_000,
  // Each run starts a provider of 50 MB: one after the other is faster than side by side.
  maxWorkers: 1,
};
