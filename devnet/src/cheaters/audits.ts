import { type Audit, everyPage } from '@dmcn/chain-client';
import { auditHash, leafPreimage } from '@dmcn/protocol';
import { createTaskSource, unitRequest, type WorkerNotice } from '@dmcn/worker';
import type { Mask, Outside } from './cheater.js';
import { leafOf } from './lies.js';

/** Posts the audits that a worker is drawn for, with the leaves that its mask vouches for, until the signal aborts. */
export async function postAudits(
  outside: Outside,
  { audit: judge }: Mask,
  tell: (notice: WorkerNotice) => void,
  signal: AbortSignal,
): Promise<void> {
  const { identity, ports } = outside;
  const { chain, executor } = ports;
  const auditor = chain.addressBytes(identity.owner);
  const source = createTaskSource(chain, ports.blobsAt);
  const seen = new Set<string>();

  async function post(audit: Audit): Promise<void> {
    const { jobId, batch, epoch, index } = audit;
    const job = await chain.job(jobId);
    const module = await source.module(job);
    const hashes: Uint8Array[] = [];
    for (const unit of audit.units) {
      const request = { ...(await unitRequest(job, unit, source, signal)), module };
      const leaf = judge ? await judge(audit, request) : leafOf(await executor.run(request));
      hashes.push(auditHash(auditor, leafPreimage(jobId, unit, leaf)));
    }
    await chain.postAudit(
      { jobId, batch, epoch, index, hashes },
      { signer: identity.operator, feeGranter: identity.owner, signal },
    );
    tell({ notice: 'audited', lease: { jobId, batch, epoch } });
  }

  async function attend(height: number): Promise<void> {
    const audits = await everyPage((page) => chain.auditorAudits({ ...page, auditor: identity.owner }));
    for (const audit of audits) {
      const name = `${audit.jobId}/${audit.batch}/${audit.epoch}/${audit.index}`;
      if (audit.state !== 'Drawn' || height >= audit.deadline || seen.has(name)) continue;
      seen.add(name);
      await post(audit).catch((error: unknown) => {
        if (!signal.aborted) tell({ notice: 'failed', lease: audit, doing: 'audit', error });
      });
    }
  }

  try {
    for await (const { height } of chain.blocks({ signal })) {
      await attend(height).catch((error: unknown) => {
        if (!signal.aborted) tell({ notice: 'failed', doing: 'reading its audits', error });
      });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
