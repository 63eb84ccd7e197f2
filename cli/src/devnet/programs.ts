import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const checkout = new URL('../../../', import.meta.url);

/** The chain's binary: $DMCN_DMCND, or the one of this checkout. Throws what says how to get it where there is none. */
export function dmcndPath(): string {
  const named = process.env.DMCN_DMCND;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`DMCN_DMCND names ${named}, which does not exist; name the chain's binary dmcnd in it`);
  }
  const built = fileURLToPath(new URL('chain/build/dmcnd', checkout));
  if (existsSync(built)) return built;
  if (existsSync(new URL('chain/go.mod', checkout)))
    throw new Error(`the chain's binary is not at ${built}; run "npm run setup", or name it in DMCN_DMCND`);
  throw new Error(
    'this needs the chain\'s binary dmcnd, which is not part of the installed command; build it in a checkout of dmcn ("npm run setup" makes chain/build/dmcnd) and name it in DMCN_DMCND',
  );
}

/** How this very command is run again. */
export function dmcnCommand(): [string, ...string[]] {
  return [process.execPath, fileURLToPath(new URL('../main.js', import.meta.url))];
}
