const root = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  transform: root.transform,
  moduleNameMapper: root.moduleNameMapper,
  testMatch: ['<rootDir>/test/kubernetes/**/*.test.ts'],
  globalSetup: '<rootDir>/test/kubernetes/build-programs.ts',
  globalTeardown: root.globalTeardown,
  // Twenty thousand policies take some seconds; the build is not counted.
  testTimeout: 120_000,
};
