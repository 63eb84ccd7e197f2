import { hashToHex } from '@dmcn/blob-store';
import { statusFromCode } from '@dmcn/protocol';
import type { Status } from '@dmcn/runtime';
import type { Collected, UnitOutcome } from './collected.js';

/** What became of one unit. The outcome is null for a unit that was never done. */
export interface ManifestUnit {
  readonly name: string;
  readonly status: Status | null;
  readonly exitCode: number | null;
  readonly gas: string | null;
  readonly outputSha256: string | null;
  /** Owner of the worker that did it. */
  readonly worker: string | null;
  /** Its part of the batch's pay, in udmc. */
  readonly paid: string;
  /** Its batch left the chain's state, and its blocks the nodes that were asked: nothing is known of it here. */
  readonly pruned?: true;
}

/** `manifest.json` of an output directory; amounts in udmc. */
export interface Manifest {
  readonly jobId: string;
  readonly moduleId: string;
  readonly funded: string;
  readonly paid: string;
  readonly royalty: string;
  readonly fee: string;
  /** What auditors earned. */
  readonly audits: string;
  readonly refunded: string;
  readonly units: readonly ManifestUnit[];
}

/** Splits a batch's pay over its units by their gas; the parts add up to the pay exactly. */
export function payByUnit(gas: readonly bigint[], ask: bigint): bigint[] {
  let sum = 0n;
  let before = 0n;
  return gas.map((amount) => {
    sum += amount;
    const until = (sum * ask) / 1_000_000_000n;
    const part = until - before;
    before = until;
    return part;
  });
}

/** The manifest of a job that is over. `names` are the inputs' names in the order of the units. */
export function manifestOf({ job, outcomes, pruned }: Collected, names: readonly string[]): Manifest {
  const gone = new Set(pruned);
  const paid = paidByUnit(outcomes, job.spec.batchSize);
  return {
    jobId: String(job.id),
    moduleId: hashToHex(job.spec.moduleId),
    funded: String(job.funded),
    paid: String(job.paid),
    royalty: String(job.royalties),
    fee: String(job.fees),
    audits: String(job.audits),
    refunded: String(job.refunded),
    units: outcomes.map(({ unit, leaf, worker }, i) => ({
      name: names[unit] ?? String(unit),
      status: leaf ? statusFromCode(leaf.status) : null,
      exitCode: leaf?.exitCode ?? null,
      gas: leaf ? String(leaf.gas) : null,
      outputSha256: leaf ? hashToHex(leaf.outputHash) : null,
      worker: worker ?? null,
      paid: String(paid[i] ?? 0n),
      ...(gone.has(unit) && { pruned: true }),
    })),
  };
}

function paidByUnit(outcomes: readonly UnitOutcome[], batchSize: number): bigint[] {
  const paid: bigint[] = [];
  for (let first = 0; first < outcomes.length; first += batchSize) {
    const batch = outcomes.slice(first, first + batchSize);
    paid.push(
      ...payByUnit(
        batch.map(({ leaf }) => leaf?.gas ?? 0n),
        batch[0]?.ask ?? 0n,
      ),
    );
  }
  return paid;
}
