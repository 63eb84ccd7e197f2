import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The chain's binary: $DMCN_DMCND, or the one of this checkout. */
export function dmcndPath(): string {
  const path =
    process.env.DMCN_DMCND ?? fileURLToPath(new URL('../../../chain/build/dmcnd', import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(`the chain's binary is not at ${path}; run "npm run setup", or name it in DMCN_DMCND`);
}

/** How this very command is run again. */
export function dmcnCommand(): [string, ...string[]] {
  return [process.execPath, fileURLToPath(new URL('../main.js', import.meta.url))];
}
