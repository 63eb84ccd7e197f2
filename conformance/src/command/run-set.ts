import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CaseSet } from '../case-set.js';
import { formatDifference } from '../compare/difference.js';
import { type Compared, type Contender, runDifferential } from '../compare/differential.js';
import type { Engine } from '../engines/engine.js';
import { bundle } from '../engines/javascript/bundle.js';
import { minimise } from '../minimise/minimise.js';
import { writeReproduction } from '../minimise/reproduction.js';
import { duration } from '../report/markdown.js';
import type { RunRecord } from '../report/record.js';
import { emptyRecord, Recorder } from '../report/recorder.js';
import type { RecordStore } from '../report/store.js';

const PROGRESS_MS = 10_000;

/** Differences of a run that are minimised: where there are many, they mostly have one cause. */
const MOST_MINIMISED = 5;

export interface RunSetOptions {
  readonly store: RecordStore;
  /** Where minimised differences are left. */
  readonly differences: string;
  /** Forgets what an earlier run has done. */
  readonly fresh: boolean;
  readonly say: (line: string) => void;
}

/** Runs a set on all engines, from where an earlier run of the same was stopped, and keeps the record. */
export async function runSet(
  set: CaseSet,
  contenders: readonly Contender[],
  { store, differences, fresh, say }: RunSetOptions,
): Promise<RunRecord> {
  const fingerprint = await fingerprintOf(set, contenders);
  const earlier = fresh ? undefined : await store.find(set.name, fingerprint);
  const resumed = set.count !== undefined && earlier !== undefined ? earlier : undefined;
  if (resumed !== undefined) say(`${resumed.cases} cases were run before; --fresh runs them again`);
  const of = { set: set.name, fingerprint, tools: set.tools };
  const recorder = new Recorder(resumed ?? emptyRecord(of, contenders));
  const skipped = recorder.record.cases;
  const report = progress(set, recorder, say);
  let minimised = 0;
  for await (const chunk of runDifferential(set.cases(skipped), contenders, set)) {
    for (const compared of chunk.cases.filter((each) => each.differences.length > 0)) {
      for (const difference of compared.differences) say(`DIFFERENCE: ${formatDifference(difference)}`);
      if (minimised++ < MOST_MINIMISED)
        for (const directory of await leaveBehind(compared, contenders, differences))
          say(`left in ${directory}`);
    }
    recorder.add(chunk);
    await store.save(recorder.record);
    report();
  }
  await store.save(recorder.record);
  return recorder.record;
}

/** Equal for runs that give the same record. */
async function fingerprintOf(
  { name, identity, tools }: CaseSet,
  contenders: readonly Contender[],
): Promise<string> {
  const runtime = await bundle('shell-program');
  const code = await readFile(runtime.file, 'utf8');
  await runtime.remove();
  const engines = contenders.map(({ engine, every }) => [engine.name, engine.version, every]);
  return createHash('sha256')
    .update(JSON.stringify([name, identity, tools, engines, code]))
    .digest('hex');
}

function progress({ name, count }: CaseSet, recorder: Recorder, say: (line: string) => void): () => void {
  const started = performance.now();
  const first = recorder.record.cases;
  let last = started;
  return () => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    const { cases, differences } = recorder.record;
    const rate = (1_000 * (cases - first)) / (now - started);
    const left = count === undefined ? '' : ` of ${count}, ${duration((count - cases) / rate)} left`;
    say(`${name}: ${cases}${left}, ${rate.toFixed(1)} cases/s, ${differences} differences`);
  };
}

/** Minimises each difference of a case and writes it to a folder of its own. */
async function leaveBehind(
  { case: original, differences }: Compared,
  contenders: readonly Contender[],
  folder: string,
): Promise<string[]> {
  const engine = (name: string): Engine => {
    const found = contenders.find((contender) => contender.engine.name === name);
    if (found === undefined) throw new Error(`there is no engine ${name}`);
    return found.engine;
  };
  const directories: string[] = [];
  for (const difference of differences) {
    const { reference, other } = difference;
    const smaller = await minimise(original, engine(reference.engine), engine(other.engine));
    directories.push(await writeReproduction(folder, { case: smaller, original, difference }));
  }
  return directories;
}
