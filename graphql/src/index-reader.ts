import { NoIndexError, openReader, type Reader } from '@dmcn/indexer';

/** The index of a file that an indexer may only be about to make. */
export class IndexReader {
  readonly #path: string;
  #reader: Reader | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The open index, once it has a block. Throws `OutdatedIndexError` for a file that another version wrote. */
  current(): Reader | undefined {
    return this.open()?.checkpoint() === undefined ? undefined : this.#reader;
  }

  /** The index, once its file is there. Throws as `current` does. */
  open(): Reader | undefined {
    this.#reader ??= this.#open();
    return this.#reader;
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #open(): Reader | undefined {
    try {
      return openReader(this.#path);
    } catch (error) {
      if (error instanceof NoIndexError) return undefined;
      throw error;
    }
  }
}
