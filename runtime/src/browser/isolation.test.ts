import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Executor } from '../executor/executor.js';
import { UnitAbandonedError } from '../run/errors.js';
import { ExecutorPage, noChromium } from '../testing/page-executor.js';
import { cpuMsOf } from '../testing/processes.js';
import { REQUEST } from '../testing/run-bytes.js';
import { command } from '../testing/wat.js';
import type { ExecutorOptions } from './executor.js';

const empty = command('');
const endless = { ...REQUEST, module: command('(loop (br 0))'), gasLimit: 2n ** 61n };

/** A script in the place of the runtime's, as if a module could run JavaScript: it tries everything and tells what worked. */
const PROBE = `onmessage = async () => {
  const ways = {
    fetch: () => fetch('ORIGIN/page.js'),
    XMLHttpRequest: () => { const r = new XMLHttpRequest(); r.open('GET', 'ORIGIN/page.js', false); r.send(); },
    WebSocket: () => new Promise((done, fail) => { const s = new WebSocket('ws://HOST/'); s.onopen = done; s.onerror = fail; s.onclose = fail; }),
    EventSource: () => new Promise((done, fail) => { const s = new EventSource('ORIGIN/events'); s.onopen = done; s.onerror = fail; }),
    importScripts: () => importScripts('ORIGIN/worker.js'),
    import: () => import('ORIGIN/worker.js'),
    indexedDB: () => new Promise((done, fail) => { const r = indexedDB.open('keys'); r.onsuccess = done; r.onerror = fail; }),
    caches: () => caches.open('keys'),
    files: () => navigator.storage.getDirectory(),
    Function: () => new Function('return 1')(),
  };
  const worked = [];
  for (const [name, way] of Object.entries(ways)) { try { await way(); worked.push(name); } catch {} }
  postMessage({ kind: 'abandoned', reason: 'engine', detail: JSON.stringify({ origin: self.origin, worked }) });
};`;

describe.skipIf(noChromium !== undefined)('in Chromium', () => {
  let page: ExecutorPage;
  const used: Executor[] = [];
  const executor = async (options?: ExecutorOptions): Promise<Executor> => {
    const created = await page.createExecutor(options);
    used.push(created);
    return created;
  };
  beforeAll(async () => {
    page = await ExecutorPage.open();
  });
  afterEach(async () => {
    await Promise.all(used.splice(0).map((each) => each.close()));
  });
  afterAll(() => page.close());

  test('nothing can be loaded, stored or read from a sandboxed frame, though a Web Worker of the page can', async () => {
    const { origin } = page.chromium;
    const probe = PROBE.replaceAll('ORIGIN', origin).replaceAll('HOST', new URL(origin).host);
    const sandboxedScript = `data:text/javascript,${encodeURIComponent(probe)}`;
    const everywhere = await page.chromium.page.evaluate(
      (script) =>
        new Promise((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([script])));
          worker.onmessage = ({ data }) => resolve(data.detail);
          worker.postMessage('');
        }),
      probe,
    );
    for (const way of ['fetch', 'XMLHttpRequest', 'importScripts', 'indexedDB', 'caches', 'Function'])
      expect(everywhere).toContain(way);
    const error = await failure(executor({ sandboxedScript }));
    expect(JSON.parse(error.detail)).toEqual({ origin: 'null', worked: [] });
  });

  test('a script that is not there abandons the unit and says so', async () => {
    const error = await failure(executor({ sandboxedScript: '/missing.js' }));
    expect(error.detail).toMatch(/script cannot be loaded.*404/);
  });

  test('a Web Worker of the page is rid of an endless unit in the end, and the page answers meanwhile', async () => {
    const host = await executor();
    const controller = new AbortController();
    const running = host.run({ ...endless, signal: controller.signal }).catch((error: unknown) => error);
    await sleep(300);
    expect(await page.chromium.page.evaluate(() => 6 * 7)).toBe(42);
    controller.abort();
    expect(await running).toMatchObject({ reason: 'aborted' });
    const start = performance.now();
    while ((await cpuIn(page.renderers(), 200)) > 50) await sleep(50);
    const took = performance.now() - start;
    if (process.env.DMCN_TEST_FIGURES)
      process.stdout.write(`its thread is gone after ${took.toFixed(0)} ms\n`);
    expect(took).toBeLessThan(10_000);
  });

  test("a frame's process that dies is a crash, the page lives and the next unit runs", async () => {
    const unit = { ...REQUEST, executor: 0, call: 0, wantsStderr: false };
    const units = { first: { ...unit, ...endless }, second: { ...unit, module: empty } };
    const idle = new Map(page.renderers().map((pid) => [pid, cpuMsOf(pid) ?? 0]));
    await page.chromium.page.evaluate(({ first, second }) => {
      globalThis.dmcn.open(0, { sandboxedScript: '/worker.js' });
      void globalThis.dmcn.run(first).then(async (ended) => {
        const next = await globalThis.dmcn.run(second);
        const reason = 'abandoned' in ended ? ended.abandoned : 'nothing';
        const status = 'result' in next ? next.result.status : 'nothing';
        await fetch(`/told/${reason}/${status}`);
      });
    }, units);
    process.kill(await endlesslyBusy(idle, () => page.renderers()), 'SIGKILL');
    // Playwright takes the page for crashed when a frame of it is.
    await expect.poll(() => page.chromium.requested, { timeout: 20_000 }).toContain('/told/crash/OK');
  });
});

/** The error of an executor's first unit. */
async function failure(host: Promise<Executor>): Promise<UnitAbandonedError> {
  const error = await (await host).run({ ...REQUEST, module: empty }).catch((reason: unknown) => reason);
  if (!(error instanceof UnitAbandonedError)) throw error;
  return error;
}

/** The process that has computed for so much longer than any other that it can only be the one without an end. */
async function endlesslyBusy(
  before: ReadonlyMap<number, number>,
  pids: () => readonly number[],
): Promise<number> {
  for (;;) {
    await sleep(100);
    const used = pids().map((pid) => ({ pid, ms: (cpuMsOf(pid) ?? 0) - (before.get(pid) ?? 0) }));
    const [most, next] = used.toSorted((one, other) => other.ms - one.ms);
    if (most && most.ms > 600 + 3 * (next?.ms ?? 0)) return most.pid;
  }
}

/** Milliseconds of CPU time that processes use in a span. */
async function cpuIn(pids: readonly number[], ms: number): Promise<number> {
  const used = () => pids.reduce((sum, pid) => sum + (cpuMsOf(pid) ?? 0), 0);
  const before = used();
  await sleep(ms);
  return used() - before;
}
