import { createHash } from 'node:crypto';
import { formatDifference } from '../compare/difference.js';
import type { ComparedChunk, Contender } from '../compare/differential.js';
import type { EngineRecord, RunRecord } from './record.js';

/** Differences that a record shows; it counts all of them. */
const MOST_SHOWN = 50;

/** A record in which nothing has happened yet. */
export function emptyRecord(
  of: Pick<RunRecord, 'set' | 'fingerprint' | 'tools'>,
  contenders: readonly Contender[],
): RunRecord {
  const engines = contenders.map(({ engine: { name, version }, every }): EngineRecord => {
    return { name, version, every, cases: 0, seconds: 0 };
  });
  return { ...of, engines, cases: 0, modules: 0, statuses: {}, differences: 0, shown: [], seconds: 0 };
}

/** Adds chunks to a record. */
export class Recorder {
  readonly #modules = new Set<string>();
  #last = performance.now();

  constructor(public record: RunRecord) {}

  add(chunk: ComparedChunk): void {
    const { record } = this;
    const known = this.#modules.size;
    for (const { case: each } of chunk.cases)
      this.#modules.add(createHash('sha256').update(each.module).digest('base64'));
    const differences = chunk.cases.flatMap((each) => each.differences).map(formatDifference);
    const now = performance.now();
    this.record = {
      ...record,
      engines: record.engines.map((engine) => withWork(engine, chunk)),
      cases: record.cases + chunk.cases.length,
      modules: record.modules + this.#modules.size - known,
      statuses: withStatuses(record.statuses, chunk),
      differences: record.differences + differences.length,
      shown: [...record.shown, ...differences].slice(0, MOST_SHOWN),
      seconds: record.seconds + (now - this.#last) / 1_000,
    };
    this.#last = now;
  }
}

function withWork(engine: EngineRecord, { work }: ComparedChunk): EngineRecord {
  const { cases = 0, seconds = 0 } = work.get(engine.name) ?? {};
  return { ...engine, cases: engine.cases + cases, seconds: engine.seconds + seconds };
}

function withStatuses(statuses: RunRecord['statuses'], { cases }: ComparedChunk): RunRecord['statuses'] {
  const sum = { ...statuses };
  for (const { reference } of cases) {
    const status = reference.kind === 'none' ? 'none' : reference.status;
    sum[status] = (sum[status] ?? 0) + 1;
  }
  return sum;
}
