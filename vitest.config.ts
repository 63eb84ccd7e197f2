import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vite would take the ES module of graphql where Node, and with it every dependency, takes the other one.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    include: ['*/src/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
