import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All that a run writes lies in one directory, which is removed at its end unless DMCN_TEST_KEEP is set. */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'dmcn-test-'));
  process.env.TMPDIR = directory;
  return async () => {
    if (!process.env.DMCN_TEST_KEEP) await rm(directory, { recursive: true, force: true });
  };
}
