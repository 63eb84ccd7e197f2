import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { prepareTask, runUnit, type Status } from '@dmcn/runtime';
import { beforeAll, describe, expect, test } from 'vitest';
import { goldenOf, readGolden } from './golden.js';
import { corpusPrograms } from './index.js';
import { buildAll } from './others/build.js';
import { othersPrograms } from './others/index.js';
import { casesOf, type Program } from './program.js';

/** Where the profile ends a program that a machine of its own would let go on. */
const ENDED: Readonly<Record<string, Status>> = {
  'corpus/yyjson/too-deep': 'STACK_OVERFLOW',
  'corpus/quickjs/recursion': 'STACK_OVERFLOW',
};
/** Prints the bits of NaNs: canonical here, a processor's own elsewhere. */
const NAN_BITS = 'corpus/quickjs/nan-bits';

interface Ended {
  readonly exitCode: number | null;
  readonly output: Buffer;
}

async function runNative(file: string, args: readonly string[], input: Uint8Array): Promise<Ended> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = await buffer(child.stdout);
  return { exitCode: await ended, output };
}

const BUILD_MS = 600_000;
const programs: Program[] = [];
let native: ReadonlyMap<string, string> = new Map();

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

describe('programs of others', () => {
  beforeAll(async () => {
    for await (const program of othersPrograms()) programs.push(program);
    if (programs.length > 0) native = await buildAll('native');
  }, BUILD_MS);

  test(
    'each is accepted, and ends with the output and exit code of the same sources built for this machine',
    async (context) => {
      if (programs.length === 0) return context.skip();
      expect(programs.length).toBeGreaterThanOrEqual(8);
      let compared = 0;
      for (const program of programs) {
        const task = await prepareTask(program.module);
        expect(task.findings, program.name).toEqual([]);
        for (const each of casesOf(program)) {
          const { status, exitCode, output } = runUnit(task, each);
          const ended = ENDED[each.name];
          if (ended !== undefined) expect(status, each.name).toBe(ended);
          if (ended !== undefined || each.name === NAN_BITS) continue;
          const file = native.get(program.name.slice('corpus/'.length)) as string;
          const elsewhere = await runNative(file, each.args, each.input);
          expect([status, exitCode], each.name).toEqual([
            elsewhere.exitCode === 0 ? 'OK' : 'EXIT',
            elsewhere.exitCode,
          ]);
          expect(elsewhere.output.equals(output), `${each.name}: output differs from the native one`).toBe(
            true,
          );
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(75);
    },
    BUILD_MS,
  );

  test('an interpreter that prints the bits of NaNs prints canonical ones', async (context) => {
    const program = programs.find(({ name }) => NAN_BITS.startsWith(name));
    if (program === undefined) return context.skip();
    const [run] = casesOf(program).filter(({ name }) => name === NAN_BITS);
    const { output } = runUnit(await prepareTask(program.module), run as NonNullable<typeof run>);
    expect(Buffer.from(output).toString()).toBe('0,7ff80000,0,7ff80000,0,7ff80000\nNaN\n7ff80000\n');
  });
});
