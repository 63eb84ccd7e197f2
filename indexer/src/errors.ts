import { BaseError } from '@dmcn/chain-client';

/** Base of every error that the indexer throws on purpose. */
export abstract class IndexerError extends BaseError {}

/** A block belongs to another chain than the index. */
export class WrongChainError extends IndexerError {
  constructor(
    readonly expected: string,
    readonly actual: string,
  ) {
    super(
      `the index is of chain ${expected}, but the node is of chain ${actual}; choose a node of ${expected}, or another database file for ${actual}`,
    );
  }
}

/** The chain that the node serves does not contain the block that the index ends with. */
export class ForkedChainError extends IndexerError {
  constructor(
    readonly height: number,
    /** Hash in the index. */
    readonly expected: string,
    /** Hash on the node's chain. */
    readonly actual: string,
  ) {
    super(
      `block ${height} is ${expected} in the index, but ${actual} on the node's chain; if that chain was started afresh, delete the database file and index again, else choose another node`,
    );
  }
}

/** A block does not follow the one before. */
export class MissingBlockError extends IndexerError {
  constructor(
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`block ${expected} is next, but block ${actual} came; index from block ${expected} on`);
  }
}

/** An index starts with the first block of its chain. */
export class NotFirstBlockError extends IndexerError {
  constructor(readonly height: number) {
    super(
      `an empty index starts with the chain's first block, but block ${height} has a parent; use a node that keeps all blocks`,
    );
  }
}

/** The node does not have the next block any more. */
export class PrunedError extends IndexerError {
  constructor(
    readonly height: number,
    readonly earliest: number,
    cause?: unknown,
  ) {
    super(
      `block ${height} is next, but the node keeps blocks from ${earliest} on only; use a node that keeps all blocks, or start from a copy of an index`,
      { cause },
    );
  }
}

/** An event is about something that the index never saw. */
export class InconsistentIndexError extends IndexerError {
  constructor(
    readonly table: string,
    readonly key: readonly unknown[],
  ) {
    super(
      `an event is about ${table} ${key.join('/')}, which the index does not have; delete the database file and index again, and report it if that does not help`,
    );
  }
}

/** An event has a value that the reducers do not know. */
export class UnknownValueError extends IndexerError {
  constructor(
    readonly event: string,
    readonly field: string,
  ) {
    super(
      `event ${event} has an unknown ${field}: the chain is newer than this indexer; update it and start again`,
    );
  }
}

/** A reducer failed on an event. */
export class ReducerError extends IndexerError {
  constructor(
    readonly event: string,
    readonly height: number,
    readonly position: number,
    cause: unknown,
  ) {
    super(
      `event ${position} (${event}) of block ${height} cannot be applied: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

/** The database file was written by another version. */
export class OutdatedIndexError extends IndexerError {
  constructor(
    readonly path: string,
    readonly found: string,
    readonly expected: string,
  ) {
    super(
      `${path} has ${found}, but this version needs ${expected}; delete the file and index again, or use the version that wrote it`,
    );
  }
}

/** The database file is damaged, or no database. */
export class CorruptIndexError extends IndexerError {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`${path} is damaged; delete it with the files beside it (${path}-*) and index again`, { cause });
  }
}

/** Another process writes the index. */
export class IndexInUseError extends IndexerError {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`another indexer writes ${path}; stop it, or choose another database file`, { cause });
  }
}

/** The disk takes or gives no more. What was written before is whole. */
export class IndexStorageError extends IndexerError {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(
      `${path} cannot be read or written; see that its disk is well and has room, then start again: it goes on where it was`,
      { cause },
    );
  }
}

/** There can be no database at the path. */
export class IndexPathError extends IndexerError {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(
      `${path} cannot be opened for writing; choose a file in a directory that exists and may be written`,
      {
        cause,
      },
    );
  }
}

/** SQLite's binding is not there, or of another machine or version of Node. */
export class DatabaseUnavailableError extends IndexerError {
  constructor(cause: unknown) {
    super('SQLite does not load; install better-sqlite3 again with the Node that runs this', { cause });
  }
}

/** The node has not all blocks that the index has. */
export class NodeBehindError extends IndexerError {
  constructor(
    readonly height: number,
    /** Of the node. */
    readonly actual: number,
  ) {
    super(
      `the index ends with block ${height}, the node with block ${actual}; it may catch up, else choose another node`,
      {
        retryable: true,
      },
    );
  }
}

/** There is no index at the path. */
export class NoIndexError extends IndexerError {
  constructor(
    readonly path: string,
    cause?: unknown,
  ) {
    super(`there is no index at ${path} yet; start an indexer that writes it`, { cause, retryable: true });
  }
}

/** A cursor that is of no list with this order. */
export class BadCursorError extends IndexerError {
  constructor(
    readonly cursor: string,
    cause?: unknown,
  ) {
    super(`cursor ${cursor} is not of this list; use cursors of answers with the same order`, { cause });
  }
}

/** A question to the index took too long and was stopped. */
export class QueryTimeError extends IndexerError {
  constructor() {
    super('the question took too long; ask for less of the index at once');
  }
}

/** A backup would replace a file. */
export class BackupExistsError extends IndexerError {
  constructor(readonly path: string) {
    super(`${path} is there already; name a new file for the backup`);
  }
}

/** Nothing can be served at the port. */
export class ServicePortError extends IndexerError {
  constructor(
    readonly host: string,
    readonly port: number,
    cause: unknown,
  ) {
    super(`port ${port} of ${host} cannot be served; choose another one, or stop what uses it`, { cause });
  }
}
