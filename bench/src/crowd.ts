import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate } from './alternate.js';
import type { Bench } from './bench.js';
import { output } from './command.js';
import { goBenchmark } from './go-benchmark.js';
import { type Result, summarise, thisMachine } from './report.js';

const chain = fileURLToPath(new URL('../../chain', import.meta.url));
const pkg = './internal/crowd';

/** The contenders: how many workers are registered. */
const crowds = ['1000', '1000000'] as const;

/** `draw` looks at as many workers as a draw ever does and finds none; `offer` is a draw that finds three, with its offer. */
const operations = ['register', 'draw', 'offer', 'accept', 'commit', 'open', 'settle'];

/** Trees are deeper by the logarithm, and reads of a large one are colder. */
const timeGoal = 5;

/** What a batch costs among a million workers, against a thousand. */
export const crowd: Bench = {
  about: 'what a batch costs among a million workers, against a thousand',
  async run({ quick, progress }) {
    const settings = { rounds: quick ? 3 : 7, lives: quick ? 50 : 300, database: 'goleveldb on disk' };
    const directory = await mkdtemp(join(tmpdir(), 'dmcn-bench-'));
    try {
      const program = join(directory, 'crowd.test');
      progress('compiling');
      await output('go', ['test', '-c', '-o', program, pkg], { cwd: chain });
      const measure = async (workers: string, lives: number) => {
        const name = `BenchmarkCrowd/workers=${workers}`;
        const pattern = name.split('/').map((part) => `^${part}$`);
        const flags = ['-test.run', '^$', '-test.bench', pattern.join('/'), '-test.benchtime', `${lives}x`];
        const text = await output(program, [...flags, '-test.timeout', '1h'], {
          cwd: directory,
          env: { DMCN_CROWD_DIR: directory },
        });
        return goBenchmark(text, name);
      };
      for (const workers of crowds) {
        progress(`registering ${workers} workers`);
        await measure(workers, 1);
      }
      const samples = await alternate(crowds, settings.rounds, (workers, round) => {
        progress(`round ${round + 1}: ${workers} workers`);
        return measure(workers, settings.lives);
      });
      const of = (workers: (typeof crowds)[number], unit: string) =>
        samples[workers].map((figures) => figures.get(unit) ?? Number.NaN);
      const go = (await output('go', ['env', 'GOVERSION'], { cwd: chain })).trim();
      return {
        name: 'crowd',
        machine: thisMachine(),
        versions: { go, node: process.version },
        settings,
        results: toResults(of),
      };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function toResults(of: (workers: (typeof crowds)[number], unit: string) => readonly number[]): Result[] {
  const [few, many] = crowds;
  const ratio = (unit: string) => {
    const divisors = of(few, unit);
    return of(many, unit).map((value, round) => value / (divisors[round] ?? Number.NaN));
  };
  return [
    ...operations.map((each) =>
      summarise(`${each}: time, million / thousand`, 'ratio', ratio(`${each}-µs`), timeGoal),
    ),
    summarise('block: writing to disk, million / thousand', 'ratio', ratio('block-µs'), timeGoal),
    ...operations.flatMap((each) =>
      ['reads', 'writes'].map((kind) =>
        summarise(`${each}: keys of ${kind}, million / thousand`, 'ratio', ratio(`${each}-${kind}`), 1),
      ),
    ),
    ...[...operations, 'block'].map((each) =>
      summarise(`${each}: time, million`, 'µs', of(many, `${each}-µs`)),
    ),
  ];
}
