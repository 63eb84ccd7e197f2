import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockUnavailableError, type ChainClient } from '@dmcn/chain-client';
import { ForkedChainError, NoIndexError, WrongChainError } from '../errors.js';
import type { Checkpoint } from '../model/tables.js';
import { untilAnswered } from '../source/retry.js';
import { backupIndex } from '../store/backup.js';
import { openReader, type Reader } from '../store/reader/reader.js';
import { censusFacts } from './census.js';
import { differencesOf, type Fact, type StateDifference } from './fact.js';
import { jobFacts } from './jobs.js';
import { trustFacts } from './trust.js';
import { slashFacts, workerFacts } from './workers.js';

/** What came of comparing an index with what the chain answers about the same block. */
export interface StateVerification {
  readonly height: number;
  /** Things compared, by their kind. */
  readonly compared: Readonly<Record<string, number>>;
  readonly differences: readonly StateDifference[];
}

export interface VerifyStateOptions {
  readonly client: Pick<ChainClient, 'chainId' | 'at' | 'fetchBlock'>;
  readonly dbPath: string;
  readonly signal: AbortSignal;
  readonly onDelay?: (reason: unknown) => void;
  /** How long a node may take to have that block, in milliseconds; half a minute unless given. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;

/**
 * Compares the index at `dbPath`, which may go on meanwhile, with the chain's own answers about the block that it ends with.
 * Rejects with the signal's reason, with `NoIndexError`, `WrongChainError`, `ForkedChainError`, and `StateUnavailableError` of nodes that do not
 * have the state of that block any more, or not yet.
 */
export const verifyState = async (options: VerifyStateOptions): Promise<StateVerification> => {
  const folder = mkdtempSync(join(tmpdir(), 'dmcn-verify-'));
  try {
    const copy = join(folder, 'copy.db');
    openReader(options.dbPath).close();
    backupIndex(options.dbPath, copy);
    const reader = openReader(copy);
    try {
      return await compareState(reader, options);
    } finally {
      reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const compareState = async (
  reader: Reader,
  { client, dbPath, signal, onDelay, patienceMs = PATIENCE_MS }: VerifyStateOptions,
): Promise<StateVerification> => {
  const checkpoint = reader.checkpoint();
  if (checkpoint === undefined) throw new NoIndexError(dbPath);
  if (checkpoint.chainId !== client.chainId) throw new WrongChainError(checkpoint.chainId, client.chainId);
  const chain = client.at(checkpoint.height);
  const end = Date.now() + patienceMs;
  await untilAnswered(
    () => chain.supply(),
    signal,
    (reason) => {
      if (Date.now() >= end) throw reason;
      onDelay?.(reason);
    },
  );
  await checkBlock(client, checkpoint);
  const compared: Record<string, number> = {};
  const differences: StateDifference[] = [];
  const facts: readonly AsyncGenerator<Fact>[] = [
    censusFacts(chain, reader),
    workerFacts(chain, reader),
    slashFacts(chain, reader),
    trustFacts(chain, reader),
    jobFacts(chain, reader),
  ];
  for (const group of facts) {
    for await (const fact of group) {
      signal.throwIfAborted();
      compared[fact.what] = (compared[fact.what] ?? 0) + 1;
      differences.push(...differencesOf(fact));
    }
  }
  return { height: checkpoint.height, compared, differences };
};

/** A chain of the same name has another block there. A node that dropped the block, and has its state, is believed. */
const checkBlock = async (
  client: Pick<ChainClient, 'fetchBlock'>,
  { height, hash }: Pick<Checkpoint, 'height' | 'hash'>,
): Promise<void> => {
  const block = await client.fetchBlock(height).catch((error: unknown) => {
    if (error instanceof BlockUnavailableError) return undefined;
    throw error;
  });
  if (block !== undefined && block.hash !== hash) throw new ForkedChainError(height, hash, block.hash);
};
