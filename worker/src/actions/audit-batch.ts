import { hashBlob } from '@dmcn/blob-store';
import type { Audit, Job } from '@dmcn/chain-client';
import { GivenUpError } from '@dmcn/chain-client/acting';
import { auditHash, leafPreimage } from '@dmcn/protocol';
import { UnitAbandonedError } from '@dmcn/runtime';
import { retryAbandoned, unitRequest } from '../compute.js';
import { auditName } from '../journal/audit-notes.js';
import type { Work } from './work.js';

/**
 * Does an audit that the worker was drawn for: executes its units, before those of leases, and posts what binds it to the
 * results without showing them. Goes on where the journal says that it was left.
 * @throws GivenUpError where this machine cannot finish a unit, InputMissingError
 */
export async function auditBatch(audit: Audit, work: Work): Promise<void> {
  const { identity, ports, sender, signal } = work;
  const { jobId, batch, epoch, index } = audit;
  const hashes = await computed(audit, await ports.chain.job(jobId), work);
  work.show({ state: 'auditing', lease: audit, done: hashes.length, units: hashes.length });
  const message = { type: 'postAudit', jobId, batch, epoch, index, hashes } as const;
  const options = { signer: identity.operator, feeGranter: identity.owner, signal };
  await sender.once(`audit-${auditName(audit)}`, [message], options);
  work.tell({ notice: 'audited', lease: { jobId, batch, epoch } });
}

async function computed(audit: Audit, job: Job, work: Work): Promise<readonly Uint8Array[]> {
  const { auditNotes, identity, ports, source, signal } = work;
  const auditor = ports.chain.addressBytes(identity.owner);
  const hashes = [...(await auditNotes.hashes(audit, job))];
  if (hashes.length >= audit.units.length) return hashes;
  const module = await source.module(job);
  for (const unit of audit.units.slice(hashes.length)) {
    work.show({ state: 'auditing', lease: audit, done: hashes.length, units: audit.units.length });
    const { status, exitCode, gas, output } = await run(audit, job, unit, module, work);
    const leaf = { status, exitCode, gas, outputHash: hashBlob(output) };
    hashes.push(auditHash(auditor, leafPreimage(job.id, unit, leaf)));
    await auditNotes.keep(audit, job, hashes);
    signal.throwIfAborted();
  }
  return hashes;
}

async function run({ deadline }: Audit, job: Job, unit: number, module: Uint8Array, work: Work) {
  const { options, ports, source, signal, units } = work;
  const request = await unitRequest(job, unit, source, signal);
  try {
    return await units.first(() =>
      retryAbandoned(options.attempts, signal, () => ports.executor.run({ ...request, module })),
    );
  } catch (error) {
    if (!(error instanceof UnitAbandonedError) || signal.aborted) throw error;
    throw new GivenUpError(
      `it gave the audit up, which goes to another worker after height ${deadline}: ${error.message}`,
      { cause: error },
    );
  }
}
