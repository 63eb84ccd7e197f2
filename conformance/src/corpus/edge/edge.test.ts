import { prepareTask, runUnit, type UnitResult } from '@dmcn/runtime';
import { expect, test } from 'vitest';
import { casesOf, type Program } from '../program.js';
import { controlPrograms } from './control.js';
import { gasPrograms } from './gas.js';
import { memoryPrograms } from './memory.js';
import { nanPrograms } from './nan.js';
import { numberPrograms } from './numbers.js';
import { outputPrograms } from './output.js';
import { stackPrograms } from './stack.js';
import { trapPrograms } from './traps.js';
import { wasiPrograms } from './wasi.js';

/** Runs everything and gives each case's result by its name. */
async function resultsOf(
  programs: Iterable<Program> | AsyncIterable<Program>,
): Promise<Map<string, UnitResult>> {
  const results = new Map<string, UnitResult>();
  for await (const program of programs) {
    const task = await prepareTask(program.module);
    expect(task.findings, program.name).toEqual([]);
    for (const each of casesOf(program)) {
      expect(results.has(each.name), `two cases are called ${each.name}`).toBe(false);
      results.set(each.name, runUnit(task, each));
    }
  }
  return results;
}

const statuses = (results: Map<string, UnitResult>) => [
  ...new Set([...results.values()].map(({ status }) => status)),
];
const said = (result: UnitResult | undefined) => Buffer.from(result?.output ?? []).toString();

const slots = (result: UnitResult | undefined): DataView[] => {
  const { buffer, byteOffset, byteLength } = result?.output ?? new Uint8Array();
  return Array.from({ length: byteLength / 8 }, (_, i) => new DataView(buffer, byteOffset + 8 * i, 8));
};

/** The canonical NaNs and the constant that some observations take instead. */
const NANS = {
  f32: ['7fc00000', 'ffc00000', 'ff800123'],
  f64: ['7ff8000000000000', 'fff8000000000000', 'fff0000000000123'],
};

test('every operation on numbers has its result', async () => {
  const results = await resultsOf(numberPrograms());
  expect(statuses(results)).toEqual(['OK']);
  const observed = [...results.values()].reduce((sum, { output }) => sum + output.length / 8, 0);
  expect(observed).toBeGreaterThan(20_000);
  const [clz, knownToCompiler] = slots(results.get('edge/numbers/i32-unary/all'));
  expect([clz?.getUint32(0, true), knownToCompiler?.getUint32(0, true)]).toEqual([32, 32]);
});

test('a NaN is canonical in whatever way it is looked at, unless no operation made it', async () => {
  const results = await resultsOf(nanPrograms());
  expect(statuses(results)).toEqual(['OK']);
  for (const [name, result] of results) {
    if (/(as-it-is|-neg|-abs)\/all$/.test(name)) continue;
    for (const [i, slot] of slots(result).entries()) {
      const bits = slot.getBigUint64(0, true);
      const allowed = bits >> 32n === 0n ? NANS.f32 : NANS.f64;
      const isNan =
        bits >> 32n === 0n ? Number.isNaN(slot.getFloat32(0, true)) : Number.isNaN(slot.getFloat64(0, true));
      if (isNan) expect(allowed, `${name}, observation ${i}`).toContain(bits.toString(16));
    }
  }
});

test('every trap is a trap, and what was written before it stays', async () => {
  const results = await resultsOf(trapPrograms());
  expect(statuses(results)).toEqual(['TRAP']);
  expect(results.size).toBeGreaterThan(70);
  expect(said(results.get('edge/traps/after-a-write'))).toBe('gogo');
  expect(said(results.get('edge/traps/unreachable'))).toBe('go');
});

test('control goes where it should', async () => {
  const results = await resultsOf(controlPrograms());
  const of = (name: string) => said(results.get(`edge/control/${name}`));
  expect(of('data-segments-in-order')).toBe('go\0\0fisecond\0\0');
  expect(of('br_table-2')).toBe(of('br_table-2-unknown'));
  expect(of('br_table--1')).toBe(of('br_table-5'));
  expect(results.get('edge/table/0-hole')?.status).toBe('TRAP');
  expect(results.get('edge/table/4-c')?.status).toBe('TRAP');
  expect(said(results.get('edge/table/5-replaced'))).toBe('gob');
});

test('addresses, bulk operations and growth end where memory ends', async () => {
  const results = await resultsOf(memoryPrograms());
  for (const [name, { status }] of results) {
    if (name.startsWith('edge/addresses')) expect(status, name).toBe(/-last(-|$)/.test(name) ? 'OK' : 'TRAP');
  }
  const sizes = slots(results.get('edge/growth/to-the-highest-limit')).map((slot) => slot.getUint32(0, true));
  expect(Math.max(...sizes.filter((size) => size !== 0xffffffff))).toBe(8_192);
  expect(results.get('edge/growth/too-small-to-start')?.status).toBe('INVALID_MODULE');
});

test('recursion turns back up to one depth and ends with STACK_OVERFLOW beyond it', async () => {
  const results = await resultsOf(stackPrograms());
  const depths = [...results]
    .filter(([name]) => name.startsWith('edge/depth/'))
    .map(([, { status }]) => status);
  const first = depths.indexOf('STACK_OVERFLOW');
  expect(first).toBeGreaterThan(3);
  expect(depths).toEqual(depths.map((_, i) => (i < first ? 'OK' : 'STACK_OVERFLOW')));
  for (const [name, { status }] of results)
    if (name.startsWith('edge/stack/')) expect(status, name).toBe('STACK_OVERFLOW');
});

test('gas runs out in each kind of block, and one gas more is enough', async () => {
  const results = await resultsOf(gasPrograms());
  for (const [name, { status, gas }] of results) {
    const limit = BigInt(name.slice(name.lastIndexOf('-') + 1));
    if (status === 'OUT_OF_GAS') expect(gas, name).toBe(limit);
    else expect(gas, name).toBeLessThanOrEqual(limit);
  }
  const ended = [...results]
    .filter(([, { status }]) => status !== 'OUT_OF_GAS')
    .map(([name]) => name.split('/')[2]);
  expect(new Set(ended).size).toBe(16);
});

test('output up to the limit', async () => {
  const results = await resultsOf(outputPrograms());
  const end = (name: string) => {
    const { status, output } = results.get(`edge/output/${name}`) as UnitResult;
    return [status, output.length];
  };
  const limit = 512 * 1024;
  expect(end('exactly-full')).toEqual(['OK', limit]);
  expect(end('one-too-many')).toEqual(['OUTPUT_LIMIT', 2]);
  expect(end('full-in-many-writes')).toEqual(['OK', limit]);
  expect(end('one-too-many-in-many-writes')).toEqual(['OUTPUT_LIMIT', limit]);
  expect(end('exit-deeper')).toEqual(['EXIT', 2]);
});

test('every call of WASI answers or traps, and never anything else', async () => {
  const results = await resultsOf(wasiPrograms());
  expect(statuses(results).toSorted()).toEqual(['OK', 'TRAP']);
  expect(results.size).toBeGreaterThan(500);
});
