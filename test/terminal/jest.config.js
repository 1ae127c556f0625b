const base = require('../../jest.config.js');

/** Suites about shells and terminals as people have them: they need bash, zsh, fish and util-linux's script. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/terminal/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/terminal/support/build.ts',
};
