import { expect } from 'vitest';
import type { Manifest } from '../../support/documents.js';
import { sum } from '../../support/sum.js';
import type { CheckedJob } from '../../support/wrong-work.js';
import type { Scene } from './scene.js';

/**
 * Fails unless a job ends with the right outputs, each unit was paid once, and its requester has nothing less than that
 * cost: what others lost to it is on top. Shares of slashes have to be released before.
 */
export async function paidOnce({ network, chronicle }: Scene, job: CheckedJob): Promise<Manifest> {
  const manifest = await job.endsRight();
  const id = BigInt(manifest.jobId);
  const payments = chronicle.all('BatchPaid', ({ jobId }) => jobId === id);
  expect(new Set(payments.map(({ batch }) => batch)).size, 'batches that were paid').toBe(payments.length);
  expect(sum(payments.map(({ units }) => BigInt(units)))).toBe(BigInt(manifest.units.length));
  expect(sum(payments.map(({ pay }) => pay))).toBe(BigInt(manifest.paid));

  const { requester, since: from } = job;
  const { ledger } = network;
  const to = chronicle.height;
  const shares = chronicle
    .all('SlashReleased')
    .flatMap(({ slash }) => slash.shares.filter(({ recipient }) => recipient === requester.address));
  const shown = chronicle.all('KeyShown', ({ jobId }) => jobId === id).map(({ shownBy }) => shownBy);
  const gifts = (await ledger.transfers(from, to)).filter(
    ({ sender, recipient }) => shown.includes(sender) && recipient === requester.address,
  );
  const [before, after, fees] = await Promise.all([
    ledger.balance(requester.address, from),
    ledger.balance(requester.address, to),
    ledger.fees(requester.address, from, to),
  ]);
  const won = sum([...shares, ...gifts].map(({ amount }) => amount));
  expect(after - before + fees, 'what the requester has more than before').toBe(
    won + BigInt(manifest.refunded) - BigInt(manifest.funded),
  );
  const { paid, royalty, fee, audits } = manifest;
  expect(BigInt(manifest.funded) - BigInt(manifest.refunded)).toBe(
    sum([paid, royalty, fee, audits].map(BigInt)),
  );
  return manifest;
}
