import { defineConfig } from 'vite';
import { operationsManifest } from './vite-operations.js';

const api = process.env.DMCN_GRAPHQL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  plugins: [operationsManifest()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/graphql': api, '/health': api } },
});
