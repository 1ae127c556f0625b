/** @type {import('jest').Config} */
module.exports = {
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, sourceMaps: 'inline' },
    ],
  },
  moduleNameMapper: {
    '^cdk8s-aks-network-policy$': '<rootDir>/lib/index.ts',
    '^cdk8s-aks-network-policy/(.*)$': '<rootDir>/lib/$1.ts',
  },
  // Jest leaves a core free by itself, and half of a small machine idle.
  maxWorkers: '100%',
  // Only for what hangs: machines are shared, and no test fails because one is slow.
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/support/temporary-folder.ts',
  globalTeardown: '<rootDir>/test/support/remove-temporary-folder.ts',
  setupFiles: ['<rootDir>/test/support/fixed-seed.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/apps/**/*.test.ts'],
  // Suites with commands of their own: they need more than Node.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/kubernetes/',
    '<rootDir>/test/cilium/',
    '<rootDir>/test/terraform/',
    '<rootDir>/test/live/',
    '<rootDir>/test/terminal/',
    '<rootDir>/test/browser/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};
