import type { Block } from '@dmcn/chain-client';
import { ForkedChainError, MissingBlockError, NotFirstBlockError, WrongChainError } from './errors.js';
import type { Checkpoint } from './model/tables.js';

/**
 * Checks that a block is the one after the checkpoint, or the first of its chain where there is none.
 * Throws `WrongChainError`, `MissingBlockError`, `ForkedChainError` and `NotFirstBlockError`.
 */
export const checkFollows = (checkpoint: Checkpoint | undefined, block: Block): void => {
  if (checkpoint === undefined) {
    if (block.parentHash !== '') throw new NotFirstBlockError(block.height);
    return;
  }
  if (block.chainId !== checkpoint.chainId) throw new WrongChainError(checkpoint.chainId, block.chainId);
  if (block.height !== checkpoint.height + 1) {
    throw new MissingBlockError(checkpoint.height + 1, block.height);
  }
  if (block.parentHash !== checkpoint.hash) {
    throw new ForkedChainError(checkpoint.height, checkpoint.hash, block.parentHash);
  }
};

/** Checks that a block is the one that the index has at its height. Throws `ForkedChainError`, `WrongChainError`. */
export const checkSame = (
  checkpoint: Checkpoint,
  known: { readonly hash: string } | undefined,
  block: Block,
): void => {
  if (block.chainId !== checkpoint.chainId) throw new WrongChainError(checkpoint.chainId, block.chainId);
  if (known?.hash !== block.hash) {
    throw new ForkedChainError(block.height, known?.hash ?? 'no block', block.hash);
  }
};
