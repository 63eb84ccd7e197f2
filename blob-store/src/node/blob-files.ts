import { createHash, randomUUID } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobCorruptError, BlobMissingError, BlobStoreFullError, BlobTooLargeError } from '../errors.js';

/** What the operating system says when there is no room: disk, quota, largest file. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
const STALE_TEMP_MS = 3_600_000;

/** A blob being read: its length in bytes and its content. */
export interface OpenBlob {
  readonly size: number;
  readonly stream: ReadStream;
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
    for (const name of await readdir(this.#temp)) {
      const path = join(this.#temp, name);
      const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? now;
      if (now - modified > STALE_TEMP_MS) await rm(path, { force: true });
    }
  }

  /** Length in bytes, or undefined when there is no such blob. */
  async sizeOf(hash: string): Promise<number | undefined> {
    try {
      const found = await stat(this.pathOf(hash));
      return found.isFile() ? found.size : undefined;
    } catch (error) {
      if (ABSENT.has(codeOf(error))) return undefined;
      throw error;
    }
  }

  /**
   * Opens a blob; its bytes are not verified here. The stream closes the file.
   * @throws BlobMissingError
   */
  async open(hash: string): Promise<OpenBlob> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.pathOf(hash), 'r');
      const { size } = await file.stat();
      return { size, stream: file.createReadStream() };
    } catch (error) {
      await file?.close();
      if (ABSENT.has(codeOf(error))) throw new BlobMissingError(hash, this.dir, { cause: error });
      throw error;
    }
  }

  /**
   * Writes a blob, replacing a damaged copy; writers of the same blob do not disturb each other.
   * @throws BlobTooLargeError, BlobCorruptError when the bytes have another hash, BlobStoreFullError
   */
  async write(hash: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const temp = join(this.#temp, `${hash}.${randomUUID()}`);
    const shard = join(this.dir, hash.slice(0, 2));
    try {
      await mkdir(this.#temp, { recursive: true });
      await this.#writeVerified(temp, hash, chunks);
      await mkdir(shard, { recursive: true });
      await rename(temp, this.pathOf(hash));
      await syncDirectory(shard);
      await syncDirectory(this.dir);
    } catch (error) {
      await rm(temp, { force: true });
      if (FULL.has(codeOf(error))) throw new BlobStoreFullError(hash, this.dir, { cause: error });
      throw error;
    }
  }

  async #writeVerified(
    path: string,
    hash: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    const file = await open(path, 'wx');
    try {
      const digest = createHash('sha256');
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > this.maxBytes) throw new BlobTooLargeError(hash, this.maxBytes, this.dir);
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

/** Makes a rename durable; some file systems cannot sync a directory and need not. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes(codeOf(error))) throw error;
  } finally {
    await directory.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
