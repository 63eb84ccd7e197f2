import type { Executor } from '../executor/executor.js';
import { createExecutor } from '../node/executor.js';
import { noChromium } from './chromium.js';
import { ExecutorPage } from './page-executor.js';
import { descendants } from './processes.js';

/** Where an executor runs units. */
export interface Place {
  readonly name: string;
  /** Why it cannot be tried here. */
  readonly missing?: string | undefined;
  /** Whether what a killed unit computes on is a process, which ends with it. */
  readonly endsProcess: boolean;
  open(): Promise<OpenPlace>;
}

export interface OpenPlace {
  createExecutor(options?: { readonly wallLimitMs?: number }): Promise<Executor>;
  /** Ids of the processes in which units may run now. */
  hosts(): number[];
  close(): Promise<void>;
}

const node: Place = {
  name: 'a child process',
  endsProcess: true,
  open: async () => ({
    createExecutor: async (options) => createExecutor(options),
    hosts: () =>
      descendants(process.pid)
        .filter(({ command }) => command.includes('dist/node/child.js'))
        .map(({ pid }) => pid),
    close: async () => undefined,
  }),
};

function browser(name: string, endsProcess: boolean, sandboxed: boolean): Place {
  return {
    name,
    endsProcess,
    missing: noChromium,
    async open() {
      const page = await ExecutorPage.open();
      const fixed = sandboxed ? { sandboxedScript: '/worker.js' } : {};
      return {
        createExecutor: (options) => page.createExecutor({ ...options, ...fixed }),
        hosts: () => page.renderers(),
        close: () => page.close(),
      };
    },
  };
}

/** All places that the runtime has an executor for. */
export const PLACES: readonly Place[] = [
  node,
  browser('a Web Worker', false, false),
  browser('a Web Worker of a sandboxed frame', true, true),
];

for (const { name, missing } of PLACES) {
  if (missing) process.stderr.write(`SKIPPED: units in ${name}: ${missing}\n`);
}
