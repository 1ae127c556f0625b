const root = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  transform: root.transform,
  testMatch: ['<rootDir>/**/*.test.ts'],
  globalSetup: '<rootDir>/build-validator.ts',
  // Twenty thousand policies take some seconds; the build is not counted.
  testTimeout: 120_000,
};
