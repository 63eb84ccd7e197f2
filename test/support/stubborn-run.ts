import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { onlyDocument } from './dmcn.js';
import type { Manifest } from './documents.js';
import type { HandNetwork } from './hand-network.js';
import type { Person } from './network.js';
import { start } from './process.js';
import { until } from './until.js';

/** When to kill a command: after a time, or in the moment in which it has signed a submission. */
export type KillAt = { readonly ms: number } | 'signed';

/** How often a command is killed, and how long it runs before the node, which died before it, is back. */
export interface Stubbornness {
  readonly moments: readonly KillAt[];
  readonly nodeBackAfterMs: number;
}

/**
 * Types the same `job run` again each time that it is killed, at last while the node is dead, and expects one job, one
 * escrow and all outputs in `output`.
 */
export async function runStubbornly(
  { network, node }: HandNetwork,
  requester: Person,
  args: readonly string[],
  output: string,
  { moments, nodeBackAfterMs }: Stubbornness,
): Promise<Manifest> {
  const from = await network.ledger.height();
  for (const moment of moments) await runAndKill(args, network.devnet.home, moment);
  await node.kill();
  const last = start([...args, '--json']);
  await sleep(nodeBackAfterMs);
  await node.start();
  const ended = await last.ended;
  expect(ended.code, ended.stderr).toBe(0);
  const manifest = onlyDocument<Manifest>(ended);
  const jobs = await network.chain.jobs({ requester: requester.address });
  expect(jobs.items.map(({ id }) => String(id))).toEqual([manifest.jobId]);
  const escrow = await network.ledger.moduleAccount('task_escrow');
  const moved = await network.ledger.transfers(from, await network.ledger.height());
  const funded = moved.filter(
    ({ sender, recipient }) => sender === requester.address && recipient === escrow,
  );
  expect(funded.map(({ amount }) => String(amount))).toEqual([manifest.funded]);
  for (const { name, outputSha256 } of manifest.units) {
    const bytes = await readFile(join(output, `${name}.out`));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(outputSha256);
  }
  return manifest;
}

/** Starts a command line and kills it with -9. */
async function runAndKill(args: readonly string[], home: string, at: KillAt): Promise<void> {
  const before = journalOf(home);
  const running = start(args);
  if (at === 'signed') {
    await until('a transaction to be signed', () => journalOf(home) !== before, 60, 2);
  } else {
    await sleep(at.ms);
  }
  running.kill('SIGKILL');
  await running.ended;
}

/** The names of the transactions that a home keeps. */
function journalOf(home: string): string {
  const directory = join(home, 'journal');
  if (!existsSync(directory)) return '';
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .join();
}
