import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobTooLargeError } from '../errors.js';
import type { Claim } from '../retention/retention.js';
import { asFull, isAbsent, sweepDirectory } from './file-system.js';

/** Milliseconds that a writer gets to take in what has arrived before it is cut off. */
const GRACE_MS = 1_000;
const NAME = /^([0-9a-f]{64})\.([0-9a-z]{1,90})$/;

/** An upload was to go on from another byte than the one it has come to. */
export class OffsetMismatchError extends Error {
  override readonly name = 'OffsetMismatchError';
  constructor(
    /** Bytes that are there. */
    readonly expected: number,
    readonly provided: number,
  ) {
    super(`the upload goes on from byte ${expected}, not ${provided}`);
  }
}

/** An upload that is not complete. */
export interface PartialUpload extends Claim {
  /** Bytes that are there. */
  readonly offset: number;
}

interface Writer {
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/** Uploads that broke off, `dir/<hash>.<account>`: what has come of them stays for an hour. */
export class UploadFiles {
  readonly #writers = new Map<string, Writer>();

  constructor(readonly dir: string) {}

  async list(): Promise<PartialUpload[]> {
    await mkdir(this.dir, { recursive: true });
    const claims = (await readdir(this.dir)).map(claimOf).filter((claim) => claim !== undefined);
    return Promise.all(claims.map(async (claim) => ({ ...claim, offset: (await this.#size(claim)) ?? 0 })));
  }

  /** Bytes that are there, undefined where nothing is. Whoever still writes is cut off first. */
  async offset(claim: Claim): Promise<number | undefined> {
    await this.#takeOver(this.pathOf(claim));
    return this.#size(claim);
  }

  /** Begins an upload, or leaves one that was begun alone; returns the bytes that are there. */
  async begin(claim: Claim): Promise<number> {
    await this.#takeOver(this.pathOf(claim));
    const file = await open(this.pathOf(claim), 'a');
    try {
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  }

  /**
   * Appends what comes, and keeps what has come where the sender breaks off. Whoever still writes is cut off first.
   * @throws OffsetMismatchError, BlobTooLargeError, BlobStoreFullError; nothing is kept after the latter two
   */
  async append(
    claim: Claim,
    offset: number,
    size: number,
    chunks: AsyncIterable<Uint8Array>,
    stop: () => void,
  ): Promise<number> {
    const path = this.pathOf(claim);
    await this.#takeOver(path);
    const writing = this.#write(path, claim.hash, offset, size, chunks);
    const writer = {
      stop,
      ended: writing.then(
        () => undefined,
        () => undefined,
      ),
    };
    this.#writers.set(path, writer);
    try {
      return await writing;
    } finally {
      if (this.#writers.get(path) === writer) this.#writers.delete(path);
    }
  }

  async isBegun(claim: Claim): Promise<boolean> {
    return (await this.#size(claim)) !== undefined;
  }

  async remove(claim: Claim): Promise<void> {
    await rm(this.pathOf(claim), { force: true });
  }

  /** Removes what nobody went on with for an hour. */
  async sweep(nowMs: number): Promise<Claim[]> {
    return (await sweepDirectory(this.dir, nowMs)).map(claimOf).filter((claim) => claim !== undefined);
  }

  pathOf({ hash, account }: Claim): string {
    return join(this.dir, `${hash}.${account}`);
  }

  async #write(
    path: string,
    hash: string,
    offset: number,
    size: number,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    const file = await open(path, 'r+');
    try {
      const there = (await file.stat()).size;
      if (there !== offset) throw new OffsetMismatchError(there, offset);
      let end = offset;
      for await (const chunk of chunks) {
        if (end + chunk.length > size) throw new BlobTooLargeError(hash, size, 'this upload');
        for (let done = 0; done < chunk.length; ) {
          done += (await file.write(chunk, done, chunk.length - done, end + done)).bytesWritten;
        }
        end += chunk.length;
      }
      await file.sync();
      return end;
    } catch (error) {
      const why = asFull(error, hash, this.dir);
      if (why !== error || error instanceof BlobTooLargeError) await rm(path, { force: true });
      throw why;
    } finally {
      await file.close();
    }
  }

  async #size(claim: Claim): Promise<number | undefined> {
    try {
      return (await stat(this.pathOf(claim))).size;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async #takeOver(path: string): Promise<void> {
    for (let writer = this.#writers.get(path); writer; writer = this.#writers.get(path)) {
      const stop = setTimeout(writer.stop, GRACE_MS);
      await writer.ended;
      clearTimeout(stop);
    }
  }
}

function claimOf(name: string): Claim | undefined {
  const [, hash, account] = NAME.exec(name) ?? [];
  return hash !== undefined && account !== undefined ? { hash, account } : undefined;
}
