import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { collectBlob } from '../collect.js';
import { BlobCorruptError } from '../errors.js';
import { HASH_BYTES } from '../hash.js';
import type { RetentionFeed } from '../retention/feed.js';
import { type JobHold, Retention, type RetentionPolicy, type UnreadIndex } from '../retention/retention.js';
import { Accounts, type AccountsOptions, type Admission, ANYONE } from './accounts.js';
import { BlobFiles, hashOfFile } from './blob-files.js';
import { ClaimFiles } from './claim-files.js';
import { asFull, freeBytes } from './file-system.js';
import { JobFiles } from './job-files.js';
import { KeyedLock } from './keyed-lock.js';
import { UploadFiles } from './upload-files.js';

const KEEP_ALL: RetentionPolicy = { ttlMs: Number.POSITIVE_INFINITY, marginBlocks: 0, freshMs: 0 };
/** Blocks without news after which the height is saved all the same. */
const SAVE_EVERY = 20;
/** Blobs that are written at the same time; further uploads wait. */
const WRITERS = 128;

/** What a server keeps, for whom, and for how long. */
export interface KeeperOptions extends AccountsOptions {
  /** When blobs may go; never when absent. */
  readonly policy: RetentionPolicy | undefined;
  /** Milliseconds in which the next bytes of an upload have to come. */
  readonly patienceMs: number;
}

/** How a store is. */
export interface Health {
  readonly ok: boolean;
  /** Why it takes nothing. */
  readonly reason?: string;
  readonly maxBytes: number;
  readonly freeBytes?: number;
  readonly uploads: 'signed' | 'open';
}

/**
 * The blobs of a server with their claims, unfinished uploads and the jobs that need them. All of it lies in files, so
 * that it is the same after a kill; one process has a directory.
 */
export class BlobKeeper implements RetentionFeed {
  readonly files: BlobFiles;
  readonly accounts: Accounts;
  readonly retention: Retention;
  readonly #claims: ClaimFiles;
  readonly #uploads: UploadFiles;
  readonly #jobs: JobFiles;
  readonly #lock = new KeyedLock();
  readonly #writing = pLimit(WRITERS);
  #height: number | undefined;
  #savedHeight = 0;
  #hasNews = false;

  private constructor(readonly options: KeeperOptions) {
    const { dir, maxBytes, policy } = options;
    this.retention = new Retention(policy ?? KEEP_ALL);
    this.files = new BlobFiles(dir, maxBytes);
    this.accounts = new Accounts(options, this.retention);
    this.#claims = new ClaimFiles(join(dir, 'claims'));
    this.#uploads = new UploadFiles(join(dir, 'uploads'));
    this.#jobs = new JobFiles(join(dir, 'jobs'));
  }

  /** Reads what the directory has; makes it when it does not exist. */
  static async open(options: KeeperOptions): Promise<BlobKeeper> {
    const keeper = new BlobKeeper(options);
    await keeper.#load();
    return keeper;
  }

  async #load(): Promise<void> {
    await this.files.sweep();
    const sizes = new Map<string, { size: number; atMs: number }>();
    for await (const { hash, size, modifiedMs } of this.files.list())
      sizes.set(hash, { size, atMs: modifiedMs });
    const claimed = new Set<string>();
    for await (const claim of this.#claims.list()) {
      const blob = sizes.get(claim.hash);
      if (blob === undefined) {
        await this.#claims.remove(claim);
        continue;
      }
      claimed.add(claim.hash);
      this.retention.claim(claim.hash, blob.size, claim.account, claim.atMs);
    }
    for (const [hash, { size, atMs }] of sizes) {
      if (!claimed.has(hash)) this.retention.claim(hash, size, ANYONE, atMs);
    }
    for (const { hash, account, offset } of await this.#uploads.list()) {
      this.accounts.reserve({ hash, account }, offset);
    }
    for (const { jobId, hold, finalHeight } of await this.#jobs.list()) {
      this.retention.hold(jobId, hold);
      if (finalHeight !== undefined) this.retention.release(jobId, finalHeight);
    }
    this.#height = await this.#jobs.height();
    this.#savedHeight = this.#height ?? 0;
  }

  /** Takes a whole blob. @returns whether it is new here. @throws BlobCorruptError, BlobTooLargeError, BlobStoreFullError */
  async put(admission: Admission, bytes: number, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
    const { hash, size } = admission;
    return this.#writing(async () => {
      await this.accounts.needRoom(hash, bytes);
      return this.#keep(admission, await this.files.stage(hash, chunks, size));
    });
  }

  /** Begins or resumes an upload. @returns the bytes that are here; all of them where the blob is here and intact */
  async beginUpload(admission: Admission): Promise<number> {
    try {
      if (!(await this.#claimIntact(admission))) return await this.#beginPartial(admission);
      await this.#uploads.remove(admission);
      this.accounts.settle(admission);
      return admission.size;
    } catch (error) {
      throw asFull(error, admission.hash, 'this store');
    }
  }

  async #beginPartial(admission: Admission): Promise<number> {
    const { hash, size } = admission;
    const offset = await this.#uploads.offset(admission);
    try {
      await this.accounts.needRoom(hash, size - (offset ?? 0));
      return await this.#uploads.begin(admission);
    } catch (error) {
      if (offset === undefined) this.accounts.settle(admission);
      throw error;
    }
  }

  /** Bytes of an upload that are here, undefined where none was begun. */
  async uploadOffset(admission: Admission): Promise<number | undefined> {
    const offset = await this.#uploads.offset(admission);
    if (offset === undefined) this.accounts.settle(admission);
    return offset;
  }

  /**
   * Takes more of an upload. @returns the bytes that are here
   * @throws OffsetMismatchError, BlobTooLargeError, BlobStoreFullError
   */
  async append(
    admission: Admission,
    offset: number,
    chunks: AsyncIterable<Uint8Array>,
    stop: () => void,
  ): Promise<number> {
    const { hash, size } = admission;
    try {
      return await this.#writing(async () => {
        await this.accounts.needRoom(hash, size - offset);
        return this.#uploads.append(admission, offset, size, chunks, stop);
      });
    } catch (error) {
      if (!(await this.#uploads.isBegun(admission))) this.accounts.settle(admission);
      throw error;
    }
  }

  /** Makes a blob of an upload. @returns whether it is new here. @throws BlobCorruptError; nothing is kept then */
  async completeUpload(admission: Admission): Promise<boolean> {
    const { hash } = admission;
    const path = this.#uploads.pathOf(admission);
    try {
      const actual = await hashOfFile(path);
      if (actual.hash === hash) return await this.#keep(admission, path);
      throw new BlobCorruptError(hash, 'the sender', actual.hash, actual.size);
    } catch (error) {
      await this.#uploads.remove(admission);
      throw error;
    } finally {
      this.accounts.settle(admission);
    }
  }

  /** A job needs blobs. In a store that takes unsigned uploads its account is everybody's. */
  async hold(jobId: string, hold: JobHold): Promise<void> {
    const { account, ...blobs } = hold;
    const held = account === undefined || this.accounts.areSigned ? hold : { ...blobs, account: ANYONE };
    this.#hasNews = true;
    this.retention.hold(jobId, held);
    await this.#jobs.addHold(jobId, held);
    await this.#readIndexes(this.retention.unreadIndexes(jobId));
  }

  /** A job is final. */
  async release(jobId: string, height: number): Promise<void> {
    if (!this.retention.isOpen(jobId)) return;
    this.#hasNews = true;
    this.retention.release(jobId, height);
    await this.#jobs.addRelease(jobId, height);
  }

  /** All that happened up to a block is told. The height is saved where something did, and now and then. */
  async advance(height: number, time: Date): Promise<void> {
    const over = this.retention.advance(height, time.getTime());
    for (const jobId of over) await this.#jobs.remove(jobId);
    this.#height = height;
    if (!this.#hasNews && over.length === 0 && height - this.#savedHeight < SAVE_EVERY) return;
    await this.#jobs.saveHeight(height);
    this.#savedHeight = height;
    this.#hasNews = false;
  }

  /** The last height that was told, in this life or one before; undefined where none was. */
  get height(): number | undefined {
    return this.#height;
  }

  openJobs(): readonly string[] {
    return this.retention.openJobs();
  }

  /** Drops what nobody needs any more. @returns the number of blobs that went */
  async sweep(nowMs = Date.now()): Promise<number> {
    await this.files.sweep(nowMs);
    for (const claim of await this.#uploads.sweep(nowMs)) this.accounts.settle(claim);
    if (this.options.policy === undefined) return 0;
    await this.#readIndexes(this.retention.unreadIndexes());
    let gone = 0;
    for (const claim of this.retention.due(nowMs)) {
      await this.#lock.run(claim.hash, async () => {
        if (!this.retention.isDue(claim, nowMs)) return;
        await this.#claims.remove(claim);
        if (!this.retention.drop(claim)) return;
        await this.files.remove(claim.hash);
        gone += 1;
      });
    }
    return gone;
  }

  async health(): Promise<Health> {
    const { dir, maxBytes, minFreeBytes } = this.options;
    const uploads = this.accounts.areSigned ? 'signed' : 'open';
    try {
      await access(dir, constants.W_OK);
      const free = await freeBytes(dir);
      const known = { maxBytes, freeBytes: free, uploads } as const;
      if (free > 0 && free >= minFreeBytes) return { ok: true, ...known };
      const reason = `the disk is full: ${free} bytes are free, ${minFreeBytes} are to stay free`;
      return { ok: false, reason, ...known };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { ok: false, reason: `the directory cannot be written: ${why}`, maxBytes, uploads };
    }
  }

  async #keep(admission: Admission, staged: string): Promise<boolean> {
    const { hash } = admission;
    return this.#lock.run(hash, async () => {
      const known = (await this.files.sizeOf(hash)) !== undefined;
      const now = Date.now();
      const size = await this.files.place(staged, hash, () => this.#claims.put(admission, now));
      this.retention.claim(hash, size, admission.account, now);
      return !known;
    });
  }

  async #claimIntact(admission: Admission): Promise<boolean> {
    const { hash, size, account } = admission;
    return this.#lock.run(hash, async () => {
      if ((await this.files.sizeOf(hash)) !== size || !(await this.files.isIntact(hash))) return false;
      const now = Date.now();
      await this.#claims.put(admission, now);
      this.retention.claim(hash, size, account, now);
      return true;
    });
  }

  /** Learns which inputs the jobs need, where their indexes are here by now. */
  async #readIndexes(unread: readonly UnreadIndex[]): Promise<void> {
    for (const { jobId, index } of unread) {
      const size = await this.files.sizeOf(index);
      if (size === undefined || size % HASH_BYTES !== 0) continue;
      const blob = await this.files.open(index);
      const stream = blob.read();
      try {
        const bytes = await collectBlob(stream, { hash: index, where: 'this store', maxBytes: size });
        this.retention.expand(jobId, index, hashesOf(bytes));
      } catch (error) {
        if (!(error instanceof BlobCorruptError)) throw error;
      } finally {
        stream.destroy();
      }
    }
  }
}

function hashesOf(index: Uint8Array): string[] {
  const hex = Buffer.from(index).toString('hex');
  return Array.from({ length: index.length / HASH_BYTES }, (_, i) =>
    hex.slice(2 * HASH_BYTES * i, 2 * HASH_BYTES * (i + 1)),
  );
}
