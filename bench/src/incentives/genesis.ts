import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CERTAIN_COIN, coinThreshold, DEFAULT_BOND_FACTOR, MAX_AUDIT_ROUNDS } from '@dmcn/protocol';
import { JOB_DEFAULTS } from '@dmcn/requester';
import type { Rules } from './rules.js';

const dmcnd = fileURLToPath(new URL('../../../chain/build/dmcnd', import.meta.url));

type Params = Readonly<Record<string, string | number>>;

/** Parameters of the modules as a genesis has them. */
export interface GenesisParams {
  readonly task: Params;
  readonly worker: Params;
  readonly audit: Params;
}

/** The default genesis that the chain's own binary writes. Rejects where it has not been built. */
export async function defaultGenesis(): Promise<GenesisParams> {
  const home = await mkdtemp(join(tmpdir(), 'dmcn-genesis-'));
  try {
    await promisify(execFile)(dmcnd, ['init', 'incentives', '--home', home], { maxBuffer: 1 << 24 });
    const { app_state } = JSON.parse(await readFile(join(home, 'config', 'genesis.json'), 'utf8'));
    const { task, worker, audit } = app_state;
    return { task: task.params, worker: worker.params, audit: audit.params };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * The rules of a genesis. What the protocol fixes and no parameter holds comes from `protocol` and from the defaults of a
 * requester's client. Thresholds of 0, with which nothing is audited, count as those that the chain takes with audits on.
 * Throws `RangeError` for a parameter that the genesis lacks.
 */
export function rulesOf({ task, worker, audit }: GenesisParams): Rules {
  const heights = number(task, 'coin_heights');
  return {
    feeBps: number(task, 'fee_bps'),
    auditFloor: BigInt(number(task, 'audit_floor')),
    demandDeposit: BigInt(number(task, 'demand_deposit')),
    candidates: number(task, 'candidates'),
    drawTries: number(task, 'draw_tries'),
    coinHeights: heights,
    acceptBlocks: number(task, 'accept_blocks'),
    leaseBlocks: number(task, 'lease_blocks'),
    openBlocks: number(task, 'open_blocks'),
    challengeBlocks: number(task, 'challenge_blocks'),
    demandBlocks: number(task, 'demand_blocks'),
    drawsPerBlock: number(task, 'draws_per_block'),
    reportLimit: number(task, 'report_limit'),
    lot: BigInt(number(worker, 'lot')),
    maxLots: number(worker, 'max_lots'),
    maxLoad: number(worker, 'max_load'),
    missedLimit: number(worker, 'missed_limit'),
    leaseLockBps: number(worker, 'lease_lock_bps'),
    lapseWindow: number(worker, 'lapse_window'),
    lapseLock: number(worker, 'lapse_lock'),
    audit: {
      bondFactor: DEFAULT_BOND_FACTOR,
      chanceAHeight: chance(task, 'coin_threshold_2000', coinThreshold(JOB_DEFAULTS.auditBps, heights)),
      certainChance: chance(task, 'coin_threshold_10000', CERTAIN_COIN),
      record: number(task, 'standing_audits'),
      samples: 2,
      smallSamples: 1,
      smallBatch: 16,
      auditors: JOB_DEFAULTS.auditors,
      auditBlocks: number(task, 'audit_blocks'),
      auditRounds: MAX_AUDIT_ROUNDS,
      withheldBlocks: number(task, 'withheld_blocks'),
      holdBlocks: number(worker, 'slash_hold_blocks'),
      jailBlocks: number(worker, 'jail_blocks'),
      proverBps: number(worker, 'slash_prover_bps'),
      withheldProverBps: number(worker, 'slash_prover_bps'),
      shownKey: { audited: true, costs: true },
      unpostedCosts: true,
      requesterBps: number(worker, 'slash_requester_bps'),
      openDisputes: number(audit, 'open_disputes'),
      refereeCost: BigInt(number(audit, 'referee_cost')),
    },
  };
}

/** The probability of a threshold; 0 stands for the usual one. */
function chance(params: Params, name: string, usual: bigint): number {
  const given = number(params, name) === 0 ? usual : BigInt(params[name] ?? 0);
  return given === CERTAIN_COIN ? 1 : Number(given) / 2 ** 64;
}

function number(params: Params, name: string): number {
  const value = Number(params[name]);
  if (params[name] === undefined || !Number.isFinite(value))
    throw new RangeError(`the genesis has no number ${name}: build the chain of this checkout`);
  return value;
}
