import { availableParallelism } from 'node:os';
import type { Case } from '../case.js';
import type { Engine } from '../engines/engine.js';
import type { Outcome } from '../outcome.js';
import { chunks } from './chunks.js';
import { type Difference, findDifferences } from './difference.js';
import { Turns } from './turns.js';

/** Chunks that are begun before the first of them is through: so far does a quick engine go ahead of a slow one. */
const CHUNKS_AHEAD = 4;

/** An engine that takes part. */
export interface Contender {
  readonly engine: Engine;
  /** It takes every so many-th case, 1 for all. */
  readonly every: number;
}

/** What came of one case. */
export interface Compared {
  readonly case: Case;
  /** The first engine's outcome. */
  readonly reference: Outcome;
  readonly differences: readonly Difference[];
}

export interface ComparedChunk {
  readonly cases: readonly Compared[];
  /** Cases and seconds of each engine by its name. */
  readonly work: ReadonlyMap<string, { readonly cases: number; readonly seconds: number }>;
}

export interface DifferentialOptions {
  /** Cases that an engine gets at a time. */
  readonly chunkSize?: number;
  /** Engines that run at a time; one a core by default. */
  readonly parallel?: number;
}

/**
 * Runs every case on every engine and compares what they make of it, chunk by chunk in the order of the cases. The first
 * engine takes all cases and is what the others are held against.
 */
export async function* runDifferential(
  cases: AsyncIterable<Case>,
  contenders: readonly Contender[],
  { chunkSize = 32, parallel = availableParallelism() }: DifferentialOptions = {},
): AsyncGenerator<ComparedChunk> {
  const cores = new Turns(parallel);
  const lanes = contenders.map((contender) => ({ ...contender, turns: new Turns(1) }));
  const begun: Promise<ComparedChunk>[] = [];
  let first = 0;
  for await (const chunk of chunks(cases, chunkSize)) {
    const offset = first;
    first += chunk.length;
    const columns = lanes.map(({ engine, every, turns }) => {
      const own = chunk.filter((_, index) => (offset + index) % every === 0);
      return turns.take(() => cores.take(() => runColumn(engine, own)));
    });
    const compared = Promise.all(columns).then((all) => join(chunk, all));
    compared.catch(() => undefined);
    if (begun.push(compared) === CHUNKS_AHEAD) yield* begun.splice(0, 1);
  }
  yield* begun;
}

interface Column {
  readonly engine: string;
  readonly outcomes: ReadonlyMap<Case, Outcome>;
  readonly seconds: number;
}

async function runColumn(engine: Engine, cases: readonly Case[]): Promise<Column> {
  const started = performance.now();
  const outcomes = cases.length === 0 ? [] : await engine.run(cases);
  if (outcomes.length !== cases.length)
    throw new Error(`${engine.name} told ${outcomes.length} outcomes of ${cases.length} cases`);
  const none: Outcome = { kind: 'none', reason: 'it was not told' };
  return {
    engine: engine.name,
    outcomes: new Map(cases.map((each, index) => [each, outcomes[index] ?? none])),
    seconds: (performance.now() - started) / 1_000,
  };
}

function join(chunk: readonly Case[], columns: readonly Column[]): ComparedChunk {
  const cases = chunk.map((each): Compared => {
    const told = columns.flatMap(({ engine, outcomes }) => {
      const outcome = outcomes.get(each);
      return outcome === undefined ? [] : [{ engine, outcome }];
    });
    const reference = told[0]?.outcome ?? { kind: 'none', reason: 'no engine takes it' };
    return { case: each, reference, differences: findDifferences(each.name, told) };
  });
  const work = columns.map(
    ({ engine, outcomes, seconds }) => [engine, { cases: outcomes.size, seconds }] as const,
  );
  return { cases, work: new Map(work) };
}
