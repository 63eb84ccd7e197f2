import { expect, test } from 'vitest';
import { goldenOf, readGolden } from './golden.js';
import { corpusPrograms } from './index.js';

test('instrumenting the corpus gives the committed bytes', async () => {
  const golden = await readGolden();
  const seen = new Set<string>();
  for await (const program of corpusPrograms()) {
    const advice = `${program.name}: where this is meant, rewrite the hashes with "npm run golden -w @dmcn/conformance"`;
    expect(goldenOf(program), advice).toEqual(golden[program.name]);
    seen.add(program.name);
  }
  expect([...seen].toSorted()).toEqual(Object.keys(golden).toSorted());
});
