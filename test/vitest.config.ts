import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short things first; what looks back at the whole run comes last, what is not named here just before it. */
const order = [
  'devnet',
  'straight-line',
  'steps',
  'reading',
  'dashboard',
  'wasi',
  'guide',
  'recovery',
  'worker-limits',
  'validators',
  'referee',
  'cheaters',
  'caught',
  'watching-a-cheater',
  'broadcast',
  'install',
  'indexer',
  'requester',
  'canary',
  'blobs',
  'flood',
  'bad-input',
  'conformance',
  'conservation',
];

const long = process.env.DMCN_TEST_LONG === '1';

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = order.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return index < 0 ? order.length - 1.5 : index;
    };
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: long ? ['*.long.test.ts'] : ['*.test.ts'],
    exclude: long ? configDefaults.exclude : [...configDefaults.exclude, '**/*.long.test.ts'],
    globalSetup: ['support/shared-devnet.ts'],
    setupFiles: ['support/leftovers.ts'],
    fileParallelism: false,
    maxConcurrency: 16,
    testTimeout: long ? 3_600_000 : 240_000,
    hookTimeout: 180_000,
    sequence: { sequencer: InOrder },
  },
});
