import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short things first; what looks back at the whole run comes last. */
const order = [
  'devnet',
  'straight-line',
  'steps',
  'wasi',
  'recovery',
  'validators',
  'bad-input',
  'conformance',
  'conservation',
];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      order.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['support/shared-devnet.ts'],
    setupFiles: ['support/leftovers.ts'],
    fileParallelism: false,
    maxConcurrency: 16,
    testTimeout: 240_000,
    hookTimeout: 180_000,
    sequence: { sequencer: InOrder },
  },
});
