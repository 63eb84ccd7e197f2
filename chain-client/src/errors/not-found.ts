import { BaseError } from './base.js';

/** Something that was asked for does not exist, or not yet. */
export class NotFoundError extends BaseError {
  constructor(
    readonly what: string,
    readonly id: string,
    cause?: unknown,
  ) {
    super(`${what} ${id} does not exist on this chain`, { cause });
  }
}

/** A batch left the chain's state some time after its job's end, as all do. Its history is in the blocks and in indexers. */
export class BatchPrunedError extends NotFoundError {
  constructor(id: string, reason: string, cause?: unknown) {
    super('batch', id, cause);
    this.message = `batch ${id} is pruned: ${reason}`;
  }
}

/** A block is not there yet, or no endpoint keeps it any more. */
export class BlockUnavailableError extends BaseError {
  constructor(
    readonly height: number,
    /** Oldest height that the endpoint has, where known. */
    readonly earliest: number,
    /** Newest height that the endpoint has, where known. */
    readonly latest: number,
    cause?: unknown,
  ) {
    super(`block ${height} is not available: the endpoint has ${earliest} to ${latest}`, {
      cause,
      retryable: height >= earliest,
    });
  }
}

/** The result of a read, or undefined where it says that the thing does not exist. */
export async function found<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** The endpoint does not have the chain's state as of a block: not yet, which is retryable, or not any more. */
export class StateUnavailableError extends BaseError {
  constructor(
    readonly height: number,
    /** What the node said. */
    readonly log: string,
  ) {
    const comes = isToCome(height, log);
    super(
      comes
        ? `the node has no state of block ${height} yet (${log}); it may catch up, else ask another node`
        : `the node keeps no state of block ${height} any more (${log}); ask a node that keeps more states`,
      { retryable: comes },
    );
  }
}

/** Of a state that it dropped a node says too that the height may be a future one, but beside it what it has. */
const isToCome = (height: number, log: string): boolean => {
  const latest = /latest height: (\d+)/.exec(log)?.[1];
  return latest === undefined ? /in the future/.test(log) : Number(latest) < height;
};
