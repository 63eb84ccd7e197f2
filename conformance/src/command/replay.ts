import { findDifferences, formatDifference, type Told } from '../compare/difference.js';
import type { Engine } from '../engines/engine.js';
import { readReproduction } from '../minimise/reproduction.js';
import { formatOutcome } from '../outcome.js';

/** Runs cases that an earlier run left behind, and prints what each engine makes of them. Returns 1 if they still differ. */
export async function replay(folders: readonly string[], engines: readonly Engine[]): Promise<number> {
  let differing = 0;
  for (const folder of folders) {
    const each = await readReproduction(folder);
    const told: Told[] = [];
    for (const engine of engines) {
      const [outcome] = await engine.run([each]);
      if (outcome !== undefined) told.push({ engine: engine.name, outcome });
      process.stdout.write(`${engine.name}: ${outcome === undefined ? 'nothing' : formatOutcome(outcome)}\n`);
    }
    const differences = findDifferences(each.name, told);
    for (const difference of differences) process.stdout.write(`${formatDifference(difference)}\n`);
    differing += differences.length;
  }
  return differing > 0 ? 1 : 0;
}
