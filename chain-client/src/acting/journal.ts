/** An entry of a journal as it lies there. */
export interface JournalEntry {
  readonly name: string;
  readonly bytes: number;
}

/**
 * What a process writes down before it acts, by name (letters, digits, `.` and `-`). An entry is there whole or not at
 * all, and one whose `write` resolved is there after any crash. A damaged entry counts as none.
 */
export interface Journal {
  list(): Promise<readonly JournalEntry[]>;
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces what was there under this name. Rejects with JournalError, and then the old entry stays. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A journal cannot be written, so that nothing may be sent. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly retryable = true;

  constructor(
    /** Where the journal is, such as its directory. */
    readonly where: string,
    reason: string,
    cause?: unknown,
  ) {
    super(
      `the journal ${where} cannot be written (${reason}), so nothing was sent; make room there or mend it, and it goes on`,
      { cause },
    );
  }
}
