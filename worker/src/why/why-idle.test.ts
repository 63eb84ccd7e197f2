import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type DrawRule,
  drawRules,
  type JobDraw,
  type Seed,
  type Worker,
  type WorkerParams,
  workerRules,
} from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { leasable } from './reasons.js';
import type { IdleRule } from './rule.js';
import type { Standing } from './standing.js';
import { whyIdle } from './why-idle.js';

const params: WorkerParams = {
  lot: 10n,
  maxAsk: 1_000n,
  minRate: 5n,
  maxLots: 10,
  maxLoad: 2,
  missedLimit: 3,
  leaseLockBps: 9_000,
  lapseWindow: 10,
  lapseLock: 10,
  slashHoldBlocks: 20,
  jailBlocks: 60,
  slashProverBps: 3_000,
  slashRequesterBps: 2_000,
};
const worker: Worker = {
  owner: 'o',
  operator: 'p',
  encryptionKey: new Uint8Array(32),
  ask: 100n,
  rate: 4n,
  memory: 1_000n,
  features: ['gpu'],
  modules: [new Uint8Array(32)],
  maxGasLimit: 7n,
  status: 'Active',
  bond: 1_000n,
  locked: 0n,
  reserved: 0n,
  availability: 5_000,
  batchesFinal: 0,
  load: 2,
  missed: 3,
  registeredHeight: 1,
  lots: 100,
  standing: 0,
  frauds: 0,
  jailUntil: 91,
};
const draw = (keptOut?: DrawRule): JobDraw => ({
  job: {
    id: 4n,
    cancelled: false,
    spec: {
      moduleId: new Uint8Array(32).fill(0xab),
      deadline: 77,
      maxPrice: 99n,
      memoryLimit: 1_001n,
      features: ['gpu', 'simd'],
      gasLimit: 8n,
    },
  } as unknown as JobDraw['job'],
  bond: 901n,
  ...(keptOut && { keptOut }),
});
const seed = (height: number, live = true) => ({ height, live }) as Seed;
const now = Date.parse('2026-11-25T12:00:00Z');
const record = { worker, reputation: 1_000, keptOut: [], lapses: [] };
const fees = { operator: 'p', balance: 10_000n, allowance: {} };
const standing: Standing = {
  record,
  params,
  draws: [draw()],
  fees,
  seeds: [seed(9), seed(8, false)],
  atHome: { running: true, pausedBy: undefined },
  now,
};

test('nothing keeps a fitting worker idle', () => {
  expect(whyIdle(standing)).toEqual({ worker: [], rules: [], jobs: [] });
});

/** For each rule about the worker a standing in which it, and nothing else, keeps the worker idle. */
const idle: Readonly<Record<IdleRule, readonly [change: Partial<Standing>, says: RegExp]>> = {
  not_registered: [
    { record: undefined, fees: undefined, draws: [] },
    /not registered: run "dmcn worker start"/,
  ],
  not_running: [{ atHome: { running: false, pausedBy: undefined } }, /no process.*run "dmcn worker start"/],
  paused: [{ record: { ...record, keptOut: ['paused'] } }, /paused: run "dmcn worker resume"/],
  schedule: [
    {
      record: { ...record, keptOut: ['paused'] },
      atHome: { running: true, pausedBy: 'schedule', shift: { open: false, until: now + 3_600_000 } },
    },
    /by itself at 2026-11-25T13:00:00/,
  ],
  set_aside: [{ record: { ...record, keptOut: ['set_aside'] } }, /missed 3 offers.*resume/],
  jailed: [{ record: { ...record, keptOut: ['jailed'] } }, /slashed.*until height 91.*worker resume/],
  tombstoned: [{ record: { ...record, keptOut: ['tombstoned'] } }, /second fraud.*withdraw/],
  lot: [{ record: { ...record, keptOut: ['lot'] } }, /1000 udmc is below one lot of 10.*worker bond/],
  rate: [{ record: { ...record, keptOut: ['rate'] } }, /rate of 4.*minimum of 5.*--rate or --cpu/],
  load: [{ record: { ...record, keptOut: ['load'] } }, /holds 2 batches, and 2/],
  fees: [{ fees: { ...fees, allowance: undefined } }, /operator p may not let its owner pay/],
  no_seed: [{ seeds: [seed(9, false), seed(8, false)] }, /no live seed at the heights 8 to 9/],
  no_job: [{ draws: [] }, /no job is open/],
};

describe('names the rule about the worker, and no other', () => {
  test.each(Object.keys(idle) as IdleRule[])('%s', (rule) => {
    const [change, says] = idle[rule];
    expect(whyIdle({ ...standing, ...change })).toEqual({
      worker: [expect.stringMatching(says)],
      rules: [{ rule, reason: expect.stringMatching(says) }],
      jobs: [],
    });
  });

  test('all of several, each on its own', () => {
    const keptOut = [...workerRules];
    const { rules } = whyIdle({ ...standing, record: { ...record, keptOut }, draws: [] });
    expect(rules.map(({ rule }) => rule)).toEqual([...keptOut, 'no_job']);
  });

  test('a worker that was stopped is told to start, one that its user paused to resume', () => {
    const paused = { ...standing, record: { ...record, keptOut: ['paused'] as const } };
    const stopped = whyIdle({ ...paused, atHome: { running: false, pausedBy: undefined } });
    expect(stopped.worker.join()).toMatch(/whenever it is stopped: run "dmcn worker start"/);
    const byUser = whyIdle({ ...paused, atHome: { running: false, pausedBy: 'user' } });
    expect(byUser.worker.join()).toMatch(/it is paused: run "dmcn worker resume"/);
  });

  test.each([
    [{ ...fees, balance: 1_999n }, /its owner has 1999 udmc/],
    [{ ...fees, allowance: { spendLimit: 1_999n } }, /used up or has expired/],
    [{ ...fees, allowance: { expiration: new Date(now) } }, /used up or has expired/],
  ])('fees that cannot be paid: %o', (change, says) => {
    const { rules } = whyIdle({ ...standing, fees: change });
    expect(rules).toEqual([{ rule: 'fees', reason: expect.stringMatching(says) }]);
  });

  test('fees that can: just enough, for long enough', () => {
    const allowance = { spendLimit: 2_000n, expiration: new Date(now + 1) };
    expect(whyIdle({ ...standing, fees: { ...fees, balance: 2_000n, allowance } }).rules).toEqual([]);
  });
});

/** What each rule about a job says. */
const excluded: Readonly<Record<DrawRule, RegExp>> = {
  ending: /deadline at height 77 has come/,
  suspended: /suspended until its requester/,
  drawn: /all of its batches are drawn/,
  reported: /reported an input/,
  price: /at most 99 udmc.*asks 100 \(--ask\)/,
  memory: /needs 1001 bytes.*offers 1000 \(--memory\)/,
  features: /needs simd \(--feature\)/,
  modules: /module (ab){32} is not among.*--module/,
  gas_limit: /may use 8 gas.*at most 7 \(--longest-unit/,
  bond: /locks 901 udmc.*900 udmc are left.*worker bond/,
  lapsed: /ran out: it is drawn again where nobody else fits/,
};

describe('names the rule that excludes it from a job', () => {
  test.each([...drawRules])('%s', (rule) => {
    expect(whyIdle({ ...standing, draws: [draw(), draw(rule)] })).toEqual({
      worker: [],
      rules: [],
      jobs: [{ jobId: 4n, rule, reason: expect.stringMatching(excluded[rule]) }],
    });
  });
});

test("the rules are the chain's", () => {
  const named = (path: string) =>
    [
      ...readFileSync(fileURLToPath(new URL(`../../../chain/x/${path}`, import.meta.url)), 'utf8').matchAll(
        /^\tRule\w+ +\S*Rule = "(\w+)"$/gm,
      ),
    ].map(([, rule]) => rule);
  expect(named('worker/types/rule.go')).toEqual([...workerRules]);
  expect(named('task/types/draw.go').sort()).toEqual([...drawRules].sort());
});

test('leasable leaves a tenth of the bond for audits and never is negative', () => {
  expect(leasable(worker, params)).toBe(900n);
  expect(leasable({ ...worker, locked: 500n, reserved: 300n }, params)).toBe(100n);
  expect(leasable({ ...worker, locked: 950n }, params)).toBe(0n);
});
