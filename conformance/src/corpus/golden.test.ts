import { expect, test } from 'vitest';
import { goldenOf, readGolden } from './golden.js';
import { corpusPrograms } from './index.js';

const BUILD_MS = 600_000;

test(
  'instrumenting the corpus gives the committed bytes',
  async () => {
    const golden = await readGolden();
    const left = new Set(Object.keys(golden));
    const others: string[] = [];
    for await (const program of corpusPrograms()) {
      const [committed, here] = [golden[program.name], goldenOf(program)];
      left.delete(program.name);
      // Another compiler makes another module, which has no hash to be compared with.
      if (program.name.startsWith('corpus/') && committed?.raw !== here.raw) others.push(program.name);
      else
        expect(
          here,
          `${program.name}: where this is meant, "npm run golden -w @dmcn/conformance" rewrites the hashes`,
        ).toEqual(committed);
    }
    if (others.length > 0)
      process.stderr.write(`SKIPPED: golden hashes of ${others.join(', ')}: built by another compiler\n`);
    expect([...left].filter((name) => !name.startsWith('corpus/'))).toEqual([]);
  },
  BUILD_MS,
);
