import type { TestProject } from 'vitest/node';
import { type DevnetDocument, startDevnet } from './devnet.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly devnet: DevnetDocument;
  }
}

/** One devnet with three workers for all files that do not start their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const devnet = await startDevnet({ workers: 3 });
  project.provide('devnet', devnet.document);
  return () => devnet.stop();
}
