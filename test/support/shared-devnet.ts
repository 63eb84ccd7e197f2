import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DevnetDocument, startDevnet } from './devnet.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly devnet: DevnetDocument;
  }
}

/**
 * One devnet with three workers for all files that do not start their own. All that a run writes lies in one directory,
 * which is removed at its end unless DMCN_TEST_KEEP is set.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'dmcn-test-'));
  process.env.TMPDIR = directory;
  const devnet = await startDevnet({ workers: 3 });
  project.provide('devnet', devnet.document);
  return async () => {
    await devnet.stop();
    if (!process.env.DMCN_TEST_KEEP) await rm(directory, { recursive: true, force: true });
  };
}
