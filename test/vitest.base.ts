import { configDefaults, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification, type Vitest } from 'vitest/node';

const long = process.env.DMCN_TEST_LONG === '1';

/** Files one after the other in this order; what it does not name comes before the last one. */
export const oneByOne = (folder: string, order: readonly string[], globalSetup: readonly string[]) =>
  ({
    root: folder,
    include: long ? ['*.long.test.ts'] : ['*.test.ts'],
    exclude: long ? configDefaults.exclude : [...configDefaults.exclude, '**/*.long.test.ts'],
    globalSetup: globalSetup.map((file) => `${import.meta.dirname}/support/${file}`),
    setupFiles: [`${import.meta.dirname}/support/leftovers.ts`],
    fileParallelism: false,
    maxConcurrency: 16,
    testTimeout: long ? 3_600_000 : 240_000,
    hookTimeout: 180_000,
    sequence: { sequencer: inOrder(order) },
  }) satisfies ViteUserConfig['test'];

type Sequencer = new (vitest: Vitest) => BaseSequencer;

const inOrder = (order: readonly string[]): Sequencer =>
  class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const place = ({ moduleId }: TestSpecification) => {
        const index = order.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
        return index < 0 ? order.length - 1.5 : index;
      };
      return files.toSorted((one, other) => place(one) - place(other));
    }
  };
