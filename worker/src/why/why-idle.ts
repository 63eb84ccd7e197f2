import type { DrawRule } from '@dmcn/chain-client';
import { jobReasons, workerReasons } from './reasons.js';
import { FEES_OF_A_BATCH, type IdleRule } from './rule.js';
import type { Standing } from './standing.js';

export interface Reason<R extends string> {
  readonly rule: R;
  /** For people, with what to do where something can be done. */
  readonly reason: string;
}

/** Why a worker gets no offers. */
export interface Idleness {
  /** What keeps it from any; empty when it can be drawn. */
  readonly worker: readonly string[];
  /** The same, with the rules' names. */
  readonly rules: readonly Reason<IdleRule>[];
  /** For each job that it cannot be drawn for the first rule that excludes it. */
  readonly jobs: readonly ({ readonly jobId: bigint } & Reason<DrawRule>)[];
}

/** Names each rule that keeps a worker from offers. Which rules of the draw do, the chain says by itself. */
export function whyIdle(standing: Standing): Idleness {
  const rules = workerRulesOf(standing).map((rule) => ({ rule, reason: workerReasons[rule](standing) }));
  const jobs = standing.draws.flatMap((draw) =>
    draw.keptOut === undefined
      ? []
      : [{ jobId: draw.job.id, rule: draw.keptOut, reason: jobReasons[draw.keptOut](draw, standing) }],
  );
  return { worker: rules.map(({ reason }) => reason), rules, jobs };
}

function workerRulesOf(standing: Standing): IdleRule[] {
  const { record, atHome, seeds, draws } = standing;
  const rules: IdleRule[] = [];
  if (!record) rules.push('not_registered');
  if (!atHome.running) rules.push('not_running');
  for (const rule of record?.keptOut ?? []) {
    rules.push(rule === 'paused' && atHome.pausedBy === 'schedule' ? 'schedule' : rule);
  }
  if (cannotPay(standing)) rules.push('fees');
  if (seeds.length > 0 && !seeds.some(({ live }) => live)) rules.push('no_seed');
  if (record && draws.length === 0) rules.push('no_job');
  return rules;
}

function cannotPay({ fees, now }: Standing): boolean {
  if (!fees) return false;
  const { balance, allowance } = fees;
  if (!allowance || balance < FEES_OF_A_BATCH) return true;
  const { spendLimit, expiration } = allowance;
  return (
    (spendLimit !== undefined && spendLimit < FEES_OF_A_BATCH) || (expiration?.getTime() ?? now + 1) <= now
  );
}
