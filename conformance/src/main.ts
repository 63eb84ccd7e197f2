#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CaseSet } from './case-set.js';
import { type Options, parseOptions, USAGE, UsageError } from './command/options.js';
import { replay } from './command/replay.js';
import { runSet } from './command/run-set.js';
import type { Contender } from './compare/differential.js';
import { corpusSet } from './corpus/corpus-set.js';
import { ENGINE_KINDS } from './engines/kinds.js';
import { openEngines } from './engines/open-engines.js';
import { randomSet } from './random/random-set.js';
import { toMarkdown } from './report/markdown.js';
import type { RunRecord } from './report/record.js';
import { RecordStore } from './report/store.js';

const build = (name: string): string => fileURLToPath(new URL(`../../build/${name}`, import.meta.url));
const say = (line: string): void => void process.stderr.write(`conformance: ${line}\n`);

/** Returns the exit code: 1 if engines differ or one that was asked for is missing. */
async function run(options: Options): Promise<number> {
  const { engines } = options;
  const kinds =
    engines?.flatMap(({ name }) => ENGINE_KINDS.find((kind) => kind.name === name) ?? []) ?? ENGINE_KINDS;
  const open = await openEngines(kinds);
  try {
    for (const why of open.missing) say(`without ${why}`);
    if (open.missing.length > 0 && (engines !== undefined || process.env.CI)) return 1;
    if (options.mode === 'replay') return await replay(options.folders, open.engines);
    const contenders = open.engines.map((engine) => ({
      engine,
      every: engines?.find(({ name }) => name === engine.name)?.every ?? 1,
    }));
    return await runSets(options, contenders);
  } finally {
    await open.close();
  }
}

async function runSets(options: Options, contenders: readonly Contender[]): Promise<number> {
  const store = new RecordStore(build('conformance'));
  const records: RunRecord[] = [];
  for (const set of await chosenSets(options)) {
    const record = await runSet(set, contenders, {
      store,
      differences: build('differences'),
      fresh: options.fresh,
      say,
    });
    const { cases, modules, differences } = record;
    process.stdout.write(
      `${set.name}: ${cases} cases, ${modules} modules, ${contenders.length} engines, ${differences} differences\n`,
    );
    records.push(record);
  }
  if (options.report !== undefined)
    await writeFile(options.report, toMarkdown(await withLatest(records, store)));
  return records.some(({ differences }) => differences > 0) ? 1 : 0;
}

async function chosenSets({ mode, from, count }: Options): Promise<CaseSet[]> {
  const corpus = mode === 'random' ? [] : [corpusSet];
  const random = mode === 'corpus' ? [] : [await randomSet(from, count)];
  return [...corpus, ...random];
}

/** These records, and for a set that was not run now what is known of it. */
async function withLatest(records: readonly RunRecord[], store: RecordStore): Promise<RunRecord[]> {
  const all = await Promise.all(
    (['corpus', 'random'] as const).map(
      async (name) => records.find(({ set }) => set === name) ?? (await store.latest(name)),
    ),
  );
  return all.filter((record) => record !== undefined);
}

async function main(): Promise<number> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== undefined) return await run(options);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(`conformance: ${(error as Error).message}\n${isUsage ? `\n${USAGE}` : ''}`);
    return isUsage ? 2 : 1;
  }
}

process.exitCode = await main();
