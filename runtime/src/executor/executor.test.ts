import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UnitAbandonedError, UnitRequestError } from '../run/errors.js';
import { binary } from '../testing/binary.js';
import { fixture } from '../testing/fixtures.js';
import { type OpenPlace, PLACES } from '../testing/places.js';
import { cpuMsOf } from '../testing/processes.js';
import { REQUEST, runBytes } from '../testing/run-bytes.js';
import { command, wat, write } from '../testing/wat.js';
import type { Executor } from './executor.js';

const empty = command('');
const endless = command('(loop (br 0))');
const forever = { ...REQUEST, gasLimit: 2n ** 61n };

/** A module that takes a while to check, instrument and compile: additions, as many as fit. */
const large = binary(
  [],
  ...Array.from({ length: 15 }, () =>
    Array.from({ length: 20_000 }, () => [0x41, 1, 0x41, 2, 0x6a, 0x1a]).flat(),
  ),
);

/** The promise is 100 ms on a machine that is not busy; on one that is, a second try may have more luck. */
const KILL_MS = 1_000;
const RETRIES = { retry: 2 };

describe.each(PLACES)('in $name', ({ name, missing, endsProcess, open }) => {
  if (missing) return test.skip(missing);

  let place: OpenPlace;
  const used: Executor[] = [];
  const executor = async (options?: { wallLimitMs: number }): Promise<Executor> => {
    const created = await place.createExecutor(options);
    used.push(created);
    return created;
  };
  const expectHealthy = async (host: Executor): Promise<void> =>
    expect(await host.run({ module: empty, ...REQUEST })).toMatchObject({ status: 'OK' });

  beforeAll(async () => {
    place = await open();
  });
  afterEach(async () => {
    await Promise.all(used.splice(0).map((each) => each.close()));
  });
  afterAll(() => place.close());

  test('units give what they give here, one after the other', async () => {
    const module = fixture('words');
    const units = [1, 2, 3].map((unit) => ({
      ...REQUEST,
      unit,
      input: new TextEncoder().encode('a b a '.repeat(unit)),
    }));
    const host = await executor();
    const results = await Promise.all(units.map((unit) => host.run({ module, ...unit })));
    expect(results).toEqual(await Promise.all(units.map((unit) => runBytes(module, unit))));
  });

  test('stderr is shown to who asks', async () => {
    const heard: string[] = [];
    const onStderr = (bytes: Uint8Array) => heard.push(new TextDecoder().decode(bytes));
    await (await executor()).run({ module: fixture('words'), ...REQUEST, onStderr });
    expect(heard.join('')).toBe('0 words\n');
  });

  test('512 MiB of memory can be used, several times', async () => {
    const module = command('(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x4000000))', '', '8192');
    const host = await executor();
    for (let unit = 0; unit < 4; unit++) {
      const request = { module, ...REQUEST, unit, memoryLimit: 2 ** 29 };
      expect(await host.run(request)).toMatchObject({ status: 'OK' });
    }
  });

  test.each([
    [
      'writes after it exits',
      command(`${write(16, 2)} (call $proc_exit (i32.const 3)) ${write(16, 2)}`),
      'EXIT',
    ],
    [
      'exhausts memory',
      command('(loop (br_if 0 (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable'),
      'TRAP',
    ],
    ['never returns', endless, 'OUT_OF_GAS'],
    ['calls itself without end', command('(call $start)'), 'STACK_OVERFLOW'],
    ['floods its output', command(`(loop ${write(16, 60_000)} (br 0))`), 'OUTPUT_LIMIT'],
    [
      'imports what is not WASI',
      wat('(module (import "env" "fetch" (func)) (memory (export "memory") 1) (func (export "_start")))'),
      'INVALID_MODULE',
    ],
    ['is truncated', fixture('words').slice(0, 5_000), 'INVALID_MODULE'],
    ['is empty', new Uint8Array(), 'INVALID_MODULE'],
  ] as const)('a module that %s ends as it does here, and the next one runs', async (_, module, status) => {
    const request = { ...REQUEST, gasLimit: 200_000_000n };
    const host = await executor();
    const result = await host.run({ module, ...request });
    expect(result.status).toBe(status);
    expect(result).toEqual(await runBytes(module, request));
    await expectHealthy(host);
  });

  test('a unit that is aborted ends at once, and the next one runs', RETRIES, async () => {
    const host = await executor();
    await host.run({ module: endless, ...REQUEST, gasLimit: 1_000_000n });
    const controller = new AbortController();
    const running = host.run({ module: endless, ...forever, signal: controller.signal });
    const ended = running.catch((error: unknown) => error);
    await sleep(200);
    const took = await killed(controller, ended);
    expect(await ended).toBeInstanceOf(UnitAbandonedError);
    expect(await ended).toMatchObject({ reason: 'aborted', retryable: true });
    await expectHealthy(host);
    tell('computes', took);
  });

  test('so does one that is still compiled', RETRIES, async () => {
    const host = await executor();
    const started = performance.now();
    const whole = host.run({ module: large, ...REQUEST });
    expect(await whole).toMatchObject({ status: 'OK' });
    const span = performance.now() - started;
    await expectHealthy(host);
    const controller = new AbortController();
    const running = host.run({ module: large, ...REQUEST, signal: controller.signal });
    const ended = running.catch((error: unknown) => error);
    await sleep(span * 0.6);
    const took = await killed(controller, ended);
    expect(await ended).toMatchObject({ reason: 'aborted' });
    await expectHealthy(host);
    tell(`compiles for ${Math.round(span)} ms`, took);
  });

  test('a unit can be aborted before its turn', async () => {
    const host = await executor({ wallLimitMs: 700 });
    const first = host.run({ module: endless, ...forever }).catch((error: unknown) => error);
    const signal = AbortSignal.timeout(50);
    const second = host.run({ module: endless, ...REQUEST, signal });
    await expect(second).rejects.toMatchObject({ reason: 'aborted' });
    expect(await first).toMatchObject({ reason: 'timeout' });
  });

  test('a unit is abandoned after the wall-clock limit', async () => {
    const host = await executor({ wallLimitMs: 1_200 });
    await expect(host.run({ module: endless, ...forever })).rejects.toMatchObject({ reason: 'timeout' });
    await expectHealthy(host);
  });

  test('closing ends what runs, and what waits', async () => {
    const host = await executor();
    const running = [1, 2].map((unit) =>
      host.run({ module: endless, ...forever, unit }).catch((error: unknown) => error),
    );
    await sleep(300);
    await host.close();
    for (const error of await Promise.all(running)) {
      expect(error).toBeInstanceOf(UnitAbandonedError);
      expect(error).toMatchObject({ reason: 'aborted', detail: 'the executor is closed' });
    }
    await expect(host.run({ module: endless, ...REQUEST })).rejects.toThrow('closed');
  });

  test('a request past a limit is refused, and the host lives on', async () => {
    const host = await executor();
    const refused = host.run({ module: endless, ...REQUEST, unit: -1 });
    await expect(refused).rejects.toBeInstanceOf(UnitRequestError);
    await expectHealthy(host);
  });

  /** Aborts, and waits for the end of the unit and of what it ran on. Milliseconds of both. */
  async function killed(controller: AbortController, ended: Promise<unknown>): Promise<[number, number]> {
    const before = place.hosts();
    const start = performance.now();
    controller.abort();
    await ended;
    const rejected = performance.now() - start;
    expect(rejected).toBeLessThan(KILL_MS);
    if (!endsProcess) return [rejected, Number.NaN];
    while (before.every((pid) => cpuMsOf(pid) !== undefined)) await sleep(2);
    const gone = performance.now() - start;
    expect(gone).toBeLessThan(KILL_MS);
    return [rejected, gone];
  }

  function tell(what: string, [rejected, gone]: [number, number]): void {
    if (process.env.DMCN_TEST_FIGURES)
      process.stdout.write(
        `${name}: a unit that ${what}: rejected after ${rejected.toFixed(0)} ms, gone after ${gone.toFixed(0)} ms\n`,
      );
  }
});
