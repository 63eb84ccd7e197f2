import { describe, expect, test } from 'vitest';
import {
  ACCESS_PRICES,
  CALL_PRICES,
  FREE_FOR_ONE_GAS,
  INSTRUCTION_COSTS,
  PRICES,
  stepAt,
} from '../profile/costs.js';
import { LIMITS } from '../profile/limits.js';
import { runBytes } from '../testing/run-bytes.js';
import { command, write } from '../testing/wat.js';
import { UnitRequestError } from './errors.js';
import type { UnitRequest } from './unit.js';

const FIRST_ACCESS = ACCESS_PRICES[0]?.gas ?? Number.NaN;

/** Gas of a unit of these bytes, with one page of memory, before its first instruction. */
const entry = (bytes: Uint8Array): bigint =>
  BigInt(PRICES.unit + PRICES.page + PRICES.moduleByte * bytes.length);

/** Gas of the named instructions in one region of a small module, a `*` before each access to memory. */
function costOf(...names: string[]): bigint {
  const costs = names.map((name) => INSTRUCTION_COSTS.get(name.replace('*', '')) ?? Number.NaN);
  const accesses = names.filter((name) => name.startsWith('*')).length;
  return BigInt(costs.reduce((sum, cost) => sum + cost, 0) + accesses * FIRST_ACCESS);
}

/** Gas that a unit of these bytes uses in its instructions. */
async function gasOf(bytes: Uint8Array, request: Partial<UnitRequest> = {}): Promise<bigint> {
  return (await runBytes(bytes, request)).gas - entry(bytes);
}

describe('statuses', () => {
  test('OK by returning and by proc_exit(0)', async () => {
    const nothing = command('');
    expect(await runBytes(nothing)).toMatchObject({
      status: 'OK',
      statusCode: 0,
      exitCode: 0,
      gas: entry(nothing),
    });
    expect(await runBytes(command('(call $proc_exit (i32.const 0))'))).toMatchObject({
      status: 'OK',
      exitCode: 0,
    });
  });

  test('EXIT with the code as a u32', async () => {
    const bytes = command('(call $proc_exit (i32.const -2))');
    expect(await runBytes(bytes)).toMatchObject({ status: 'EXIT', statusCode: 1, exitCode: 0xfffffffe });
  });

  test.each([
    ['unreachable', 'unreachable'],
    ['division by zero', '(drop (i32.div_s (i32.const 1) (i32.const 0)))'],
    ['division overflow', '(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))'],
    ['load out of bounds', '(drop (i32.load (i32.const 65533)))'],
    ['store out of bounds', '(i64.store (i32.const -1) (i64.const 0))'],
    ['fill out of bounds', '(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))'],
    ['truncation of NaN', '(drop (i32.trunc_f64_s (f64.const nan)))'],
    ['empty table entry', '(call_indirect (i32.const 0))'],
    ['wrong signature', '(call_indirect (param i32) (i32.const 5) (i32.const 1))'],
    ['bad pointer', '(drop (call $fd_write (i32.const 1) (i32.const -4) (i32.const 1) (i32.const 0)))'],
  ])('TRAP by %s, with the output before it', async (_, body) => {
    const bytes = command(
      `${write(16, 2)} ${body}`,
      '(table 3 funcref) (elem (i32.const 1) $start) (data (i32.const 16) "hi")',
    );
    const result = await runBytes(bytes);
    expect(result).toMatchObject({ status: 'TRAP', statusCode: 2, exitCode: 0 });
    expect(new TextDecoder().decode(result.output)).toBe('hi');
  });

  test('OUT_OF_GAS costs exactly the limit, and one gas more is enough', async () => {
    const bytes = command(
      '(local i32) (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 99))))',
    );
    const { gas } = await runBytes(bytes);
    expect(await runBytes(bytes, { gasLimit: gas })).toMatchObject({ status: 'OK', gas });
    const short = await runBytes(bytes, { gasLimit: gas - 1n });
    expect(short).toMatchObject({ status: 'OUT_OF_GAS', statusCode: 3, gas: gas - 1n });
    expect(await runBytes(bytes, { gasLimit: 5n })).toMatchObject({ status: 'OUT_OF_GAS', gas: 5n });
    const endless = await runBytes(command('(loop (br 0))'), { gasLimit: 1_000_001n });
    expect(endless).toMatchObject({ status: 'OUT_OF_GAS', gas: 1_000_001n });
  });

  test('OUTPUT_LIMIT: the write that does not fit adds nothing', async () => {
    const half = LIMITS.outputBytes / 2;
    const bytes = (extra: number) => command(`${write(16, half)} ${write(16, half + extra)}`, '', '5');
    const full = await runBytes(bytes(0));
    expect(full.status).toBe('OK');
    expect(full.output.length).toBe(LIMITS.outputBytes);
    const flooded = await runBytes(bytes(1));
    expect(flooded).toMatchObject({ status: 'OUTPUT_LIMIT', statusCode: 5 });
    expect(flooded.output.length).toBe(half);
  });

  test('INVALID_MODULE for what check refuses and for a memory that starts above the limit', async () => {
    const invalid = { status: 'INVALID_MODULE', statusCode: 6, exitCode: 0, gas: 0n };
    expect(await runBytes(command('(atomic.fence)'))).toMatchObject(invalid);
    expect(await runBytes(command('', '', '3'), { memoryLimit: 3 * 65_536 - 1 })).toMatchObject(invalid);
    expect(await runBytes(command('', '', '3'), { memoryLimit: 3 * 65_536 })).toMatchObject({ status: 'OK' });
  });
});

describe('gas', () => {
  test('of straight-line code is the sum of its instructions', async () => {
    const bytes = command('(drop (i32.mul (i32.load (i32.const 0)) (i32.const 3)))');
    expect(await gasOf(bytes)).toBe(costOf('i32.mul', '*i32.load', 'i32.const', 'i32.const', 'drop'));
  });

  test('of a trap is that of its whole block, wherever in it the trap is', async () => {
    expect(await gasOf(command('unreachable (drop (i32.const 1))'))).toBe(costOf('unreachable'));
    const trap = '(drop (i32.div_u (i32.const 1) (i32.const 0)))';
    const add = '(drop (i32.add (i32.const 1) (i32.const 1)))';
    const gas = await Promise.all(
      [trap + add, add + trap].map(async (body) => (await runBytes(command(body))).gas),
    );
    expect(gas[0]).toBe(gas[1]);
  });

  test.each([
    [0, ['i32.const', 'if', 'i32.const', 'drop']],
    [1, ['i32.const', 'if', 'i64.const', 'i64.const', 'i64.mul', 'drop']],
  ])('of an if is that of the arm taken (%i)', async (condition, names) => {
    const bytes = command(`(if (i32.const ${condition})
      (then (drop (i64.mul (i64.const 1) (i64.const 1)))) (else (drop (i32.const 1))))`);
    expect(await gasOf(bytes)).toBe(costOf(...names));
  });

  test.each([
    [0, 1],
    [1, 0],
    [9, 0],
  ])('of br_table leaves out what is jumped over (%i)', async (index, extra) => {
    const bytes = command(`(block (block (br_table 0 1 (i32.const ${index}))) (drop (i32.const 1)))`);
    const skipped = extra === 1 ? ['i32.const', 'drop'] : [];
    expect(await gasOf(bytes)).toBe(costOf('i32.const', 'br_table', ...skipped));
  });

  test('of code behind a block that is left early by an outer branch is not charged', async () => {
    const bytes = command('(block (block (br_if 1 (i32.const 1))) (drop (i64.const 1)))');
    expect(await gasOf(bytes)).toBe(costOf('i32.const', 'br_if'));
  });

  test('of a loop grows with each turn', async () => {
    const turns = (count: number) =>
      command(`(local i32) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (br_if 0 (i32.ne (local.get 0) (i32.const ${count}))))`);
    const turn = [
      'local.get',
      'i32.const',
      'i32.add',
      'local.set',
      'local.get',
      'i32.const',
      'i32.ne',
      'br_if',
    ];
    expect(await gasOf(turns(1))).toBe(costOf(...turn));
    expect(await gasOf(turns(3))).toBe(3n * costOf(...turn));
  });

  test('of calls, direct and through the table', async () => {
    const definitions = '(func $f (param i32 i64) (result f32) (f32.const 1))';
    const values = 3n * BigInt(PRICES.callValue);
    const direct = command('(drop (call $f (i32.const 1) (i64.const 1)))', definitions);
    expect(await gasOf(direct)).toBe(costOf('call') + values);
    const indirect = command(
      '(drop (call_indirect (param i32 i64) (result f32) (i32.const 1) (i64.const 1) (i32.const 0)))',
      `${definitions} (table 1 funcref) (elem (i32.const 0) $f)`,
    );
    expect(await gasOf(indirect)).toBe(costOf('call_indirect') + values + 2n * BigInt(PRICES.tableEntry));
  });

  test('of a call goes up with the functions of the module', async () => {
    const prices = CALL_PRICES.map(({ upTo }) =>
      gasOf(command('(call $f)', `(func $f) ${'(func) '.repeat(upTo - 2)}`)),
    );
    const call = costOf('call');
    expect(await Promise.all(prices)).toEqual(CALL_PRICES.map(({ gas }) => call + BigInt(gas)));
  });

  test('of instructions that are free is one for some of them', async () => {
    const free = (count: number) => gasOf(command('(drop (i32.const 1)) '.repeat(count / 2)));
    expect(await free(FREE_FOR_ONE_GAS - 2)).toBe(0n);
    expect(await free(2 * FREE_FOR_ONE_GAS)).toBe(2n);
  });

  test('of loads and stores goes by the pages that are there', async () => {
    const load = '(drop (i32.load (i32.const 0)))';
    for (const { upTo, gas } of ACCESS_PRICES.slice(0, 4)) {
      const bytes = command(load, '', String(upTo));
      expect(await gasOf(bytes)).toBe(BigInt(gas + PRICES.page * (upTo - 1)));
      const grown = `(drop (memory.grow (i32.const ${upTo})))`;
      const memoryLimit = 512 << 20;
      const [before, after] = await Promise.all([
        gasOf(command(grown), { memoryLimit }),
        gasOf(command(`${grown} (loop ${load} ${load})`), { memoryLimit }),
      ]);
      expect(after - before).toBe(2n * BigInt(stepAt(ACCESS_PRICES, upTo + 1)));
    }
  });

  test('of input, globals, host calls and bulk operations goes by their number', async () => {
    const input = new Uint8Array(1_000);
    expect(await gasOf(command(''), { input })).toBe(BigInt(input.length * PRICES.inputByte));
    expect(await gasOf(command('', '(global i32 (i32.const 1))'))).toBe(BigInt(PRICES.global));
    expect((await gasOf(command(write(16, 1_000)))) - (await gasOf(command(write(16, 0))))).toBe(
      BigInt(1_000 * PRICES.hostByte),
    );
    const fill = (length: number) =>
      command(`(memory.fill (i32.const 0) (i32.const 1) (i32.const ${length}))`);
    expect((await gasOf(fill(4_000))) - (await gasOf(fill(0)))).toBe(BigInt(4_000 / PRICES.bulkBytes));
  });
});

describe('memory', () => {
  const grow = (pages: number, memory = '1') =>
    command(`(call $proc_exit (memory.grow (i32.const ${pages})))`, '', memory);
  const asked = costOf('memory.grow', 'call') + BigInt(PRICES.callValue + PRICES.hostCall);

  test('grows up to the limit of the job', async () => {
    const memoryLimit = 10 * 65_536 + 5;
    const run = async (pages: number) => {
      const { exitCode, gas } = await runBytes(grow(pages), { memoryLimit });
      return { exitCode, gas: gas - entry(grow(pages)) };
    };
    const grown = BigInt(PRICES.growth + PRICES.presentPage + 9 * PRICES.page);
    expect(await run(9)).toEqual({ exitCode: 1, gas: asked + grown });
    expect(await run(10)).toEqual({ exitCode: 0xffffffff, gas: asked });
    expect(await run(-1)).toEqual({ exitCode: 0xffffffff, gas: asked });
  });

  test('grows by nothing without asking the engine', async () => {
    expect((await runBytes(grow(0, '7'))).exitCode).toBe(7);
    expect(await gasOf(grow(0))).toBe(asked);
  });

  test('grows up to its own maximum', async () => {
    expect((await runBytes(grow(1, '1 2'))).exitCode).toBe(1);
    expect((await runBytes(grow(2, '1 2'))).exitCode).toBe(0xffffffff);
  });

  test('is fresh for each unit', async () => {
    const bytes = command(
      '(local i32) (local.set 0 (i32.load (i32.const 8))) (i32.store (i32.const 8) (i32.const 7)) (call $proc_exit (local.get 0))',
    );
    expect([(await runBytes(bytes)).exitCode, (await runBytes(bytes)).exitCode]).toEqual([0, 0]);
  });
});

describe('names', () => {
  test('of the module cannot collide with the counters', async () => {
    const definitions = `(global (export "gas") (mut i64) (i64.const 1)) (func (export "stack"))
      (func (export "pages")) (table (export "refused") 1 funcref)`;
    expect(await runBytes(command('(loop (br 0))', definitions), { gasLimit: 1_000_000n })).toMatchObject({
      status: 'OUT_OF_GAS',
    });
  });
});

describe('requests past a limit', () => {
  test.each([
    ['input', { input: new Uint8Array(LIMITS.inputBytes + 1) }],
    ['args', { args: ['x'.repeat(LIMITS.argumentBytes)] }],
    ['args', { args: ['a\0b'] }],
    ['unit', { unit: 2 ** 32 }],
    ['unit', { unit: -1 }],
    ['gasLimit', { gasLimit: -1n }],
    ['gasLimit', { gasLimit: 2n ** 62n }],
    ['memoryLimit', { memoryLimit: 0.5 }],
  ])('%s', async (field, request) => {
    const error = await runBytes(command(''), request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnitRequestError);
    expect(error).toMatchObject({ field, retryable: false });
  });

  test('but not at it', async () => {
    const request = {
      input: new Uint8Array(LIMITS.inputBytes),
      args: ['x'.repeat(LIMITS.argumentBytes - 1)],
    };
    expect((await runBytes(command(''), request)).status).toBe('OK');
  });
});
