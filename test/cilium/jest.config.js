const root = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  transform: root.transform,
  moduleNameMapper: root.moduleNameMapper,
  testMatch: ['<rootDir>/test/cilium/**/*.test.ts'],
  globalSetup: '<rootDir>/test/cilium/build-oracle.ts',
  globalTeardown: root.globalTeardown,
  // Thousands of random policies take some seconds; the build is not counted.
  testTimeout: 120_000,
};
