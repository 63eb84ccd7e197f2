import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, runnerImport } from 'vite';

interface Operations {
  readonly operations: ReadonlySet<string>;
}

/** Styles say nothing of operations. */
const withoutStyles: Plugin = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('.css') ? '\0no-style' : undefined),
  load: (id) => (id === '\0no-style' ? '' : undefined),
};

/**
 * Writes `operations.json` beside the page: `{SHA-256: text}` of every operation that it asks. The API that serves the page
 * reads it, and so knows each by its hash, even where it answers no others.
 */
export const operationsManifest = (): Plugin => ({
  name: 'operations-manifest',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const entry = join(import.meta.dirname, 'src/operations.ts');
    const { module } = await runnerImport<Operations>(entry, {
      root: import.meta.dirname,
      configFile: false,
      plugins: [withoutStyles],
      logLevel: 'error',
    });
    const texts = [...module.operations].sort();
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const manifest = Object.fromEntries(texts.map((text) => [hash(text), text]));
    writeFileSync(join(dir, 'operations.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  },
});
