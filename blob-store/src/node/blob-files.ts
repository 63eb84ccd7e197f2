import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobCorruptError, BlobMissingError, BlobTooLargeError } from '../errors.js';
import { asFull, isAbsent, sweepDirectory, syncDirectory } from './file-system.js';

const SHARD = /^[0-9a-f]{2}$/;
const HASH = /^[0-9a-f]{64}$/;

/** A blob being read: its length in bytes, and its content from any byte on. */
export interface OpenBlob {
  readonly size: number;
  /** Reads the bytes from `start` to `end`, both included. Closes the file at its end. */
  read(start?: number, end?: number): ReadStream;
  close(): Promise<void>;
}

/** A blob as it lies in the directory. */
export interface StoredBlob {
  readonly hash: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * Blobs as files, `dir/<first two digits>/<hash>`. A file gets its name only when its bytes are complete, verified and
 * on disk: it is written as `dir/tmp/<hash>.<random>`, synced, renamed, and the directory synced. A crash leaves at
 * most a file in `tmp`, which `sweep` removes later.
 */
export class BlobFiles {
  readonly #temp: string;

  constructor(
    readonly dir: string,
    readonly maxBytes: number,
  ) {
    this.#temp = join(dir, 'tmp');
  }

  /** Where the blob of that hexadecimal hash is kept. */
  pathOf(hash: string): string {
    return join(this.dir, hash.slice(0, 2), hash);
  }

  /** Makes the directories and removes what crashed writers left more than an hour ago. */
  async sweep(now = Date.now()): Promise<void> {
    await mkdir(this.#temp, { recursive: true });
    await sweepDirectory(this.#temp, now);
  }

  /** Every blob that is there. */
  async *list(): AsyncGenerator<StoredBlob> {
    for (const shard of await readdir(this.dir)) {
      if (!SHARD.test(shard)) continue;
      for (const hash of await readdir(join(this.dir, shard))) {
        const found = HASH.test(hash) ? await stat(this.pathOf(hash)).catch(() => undefined) : undefined;
        if (found?.isFile()) yield { hash, size: found.size, modifiedMs: found.mtimeMs };
      }
    }
  }

  /** Length in bytes, or undefined when there is no such blob. */
  async sizeOf(hash: string): Promise<number | undefined> {
    try {
      const found = await stat(this.pathOf(hash));
      return found.isFile() ? found.size : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /**
   * Opens a blob; its bytes are not verified here.
   * @throws BlobMissingError
   */
  async open(hash: string): Promise<OpenBlob> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.pathOf(hash), 'r');
      const opened = file;
      const { size } = await opened.stat();
      return {
        size,
        read: (start = 0, end = Number.POSITIVE_INFINITY) => opened.createReadStream({ start, end }),
        close: () => opened.close(),
      };
    } catch (error) {
      await file?.close();
      if (isAbsent(error)) throw new BlobMissingError(hash, this.dir, { cause: error });
      throw error;
    }
  }

  /** Whether the blob is there with the right bytes: all of it is read. */
  async isIntact(hash: string): Promise<boolean> {
    return (await hashOfFile(this.pathOf(hash)).catch(absentOnly))?.hash === hash;
  }

  /**
   * Writes a blob, replacing a damaged copy; writers of the same blob do not disturb each other.
   * @throws BlobTooLargeError, BlobCorruptError when the bytes have another hash, BlobStoreFullError
   */
  async write(hash: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const staged = await this.stage(hash, chunks);
    await this.place(staged, hash);
  }

  /**
   * Writes and verifies a blob without giving it its name, and returns where it lies: `place` it, or remove it.
   * @throws BlobTooLargeError, BlobCorruptError when the bytes have another hash, BlobStoreFullError
   */
  async stage(
    hash: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    maxBytes = this.maxBytes,
  ): Promise<string> {
    const temp = join(this.#temp, `${hash}.${randomUUID()}`);
    try {
      await mkdir(this.#temp, { recursive: true });
      await this.#writeVerified(temp, hash, chunks, maxBytes);
      return temp;
    } catch (error) {
      await rm(temp, { force: true });
      throw asFull(error, hash, this.dir);
    }
  }

  /**
   * Gives verified bytes, which lie in a file of the same file system, their name for good, after `before` was done.
   * Returns their length. @throws BlobStoreFullError; the file is removed then
   */
  async place(staged: string, hash: string, before = async (): Promise<void> => {}): Promise<number> {
    const shard = join(this.dir, hash.slice(0, 2));
    try {
      await before();
      const { size } = await stat(staged);
      await mkdir(shard, { recursive: true });
      await rename(staged, this.pathOf(hash));
      await syncDirectory(shard);
      await syncDirectory(this.dir);
      return size;
    } catch (error) {
      await rm(staged, { force: true });
      throw asFull(error, hash, this.dir);
    }
  }

  /** Removes a blob, if it is there. */
  async remove(hash: string): Promise<void> {
    await rm(this.pathOf(hash), { force: true });
  }

  async #writeVerified(
    path: string,
    hash: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    maxBytes: number,
  ): Promise<void> {
    const file = await open(path, 'wx');
    try {
      const digest = createHash('sha256');
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > maxBytes) throw new BlobTooLargeError(hash, maxBytes, this.dir);
        digest.update(chunk);
        await file.writeFile(chunk);
      }
      const actual = digest.digest('hex');
      if (actual !== hash) throw new BlobCorruptError(hash, 'the sender', actual, size);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** Hexadecimal SHA-256 and length of a file. */
export async function hashOfFile(path: string): Promise<{ readonly hash: string; readonly size: number }> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    digest.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { hash: digest.digest('hex'), size };
}

function absentOnly(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
