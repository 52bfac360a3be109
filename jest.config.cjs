/** Every test runs on real parts: test/setup/startParts.ts starts PostgreSQL and Temporal once for the whole run. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  // These ship ES modules alone, which Node's require takes and jest's does not.
  transformIgnorePatterns: ['/node_modules/(?!(temporal-polyfill|temporal-utils|openid-client|oauth4webapi|jose)/)'],
  globalSetup: '<rootDir>/test/setup/startParts.ts',
  globalTeardown: '<rootDir>/test/setup/stopParts.ts',
  testSequencer: '<rootDir>/test/setup/longestFirst.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
