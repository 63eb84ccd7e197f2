import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const long = process.env.DMCN_TEST_LONG === '1';

export default defineConfig({
  resolve: {
    // Vite would take the ES module of graphql where Node, and with it every dependency, takes the other one.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    include: long ? ['*/src/**/*.long.test.ts'] : ['*/src/**/*.test.ts'],
    exclude: long ? configDefaults.exclude : [...configDefaults.exclude, '**/*.long.test.ts'],
    testTimeout: long ? 3_600_000 : 120_000,
  },
});
