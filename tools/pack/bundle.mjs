import { join } from 'node:path';
import { build } from 'esbuild';

/** CommonJS packages ask for Node's modules with `require`, which a module of ECMAScript does not have. */
const banner =
  "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);";

/**
 * Bundles the command and the program of a unit's process into a directory. That must lie two folders deep in its
 * package, as every file does that finds others beside its package's root. Returns the paths, from the checkout's root,
 * of the files that went into it.
 */
export async function bundle(root, outdir) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      main: join(root, 'cli', 'dist', 'main.js'),
      child: join(root, 'runtime', 'dist', 'node', 'child.js'),
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['better-sqlite3'],
    banner: { js: banner },
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}
