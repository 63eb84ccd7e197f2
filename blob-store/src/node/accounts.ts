import { BlobStoreFullError, BlobTooLargeError, UploadRefusedError } from '../errors.js';
import { accountOf } from '../permit/admit.js';
import type { UploadAuthority } from '../permit/permit.js';
import type { Claim, Retention } from '../retention/retention.js';
import { freeBytes } from './file-system.js';

/** The account of all uploads to a store that takes them unsigned. */
export const ANYONE = 'anyone';

/** What an upload says about itself before its bytes come. */
export interface UploadHead {
  readonly hash: string;
  /** Length of the whole blob in bytes; undefined where the sender does not say. */
  readonly size: number | undefined;
  readonly authorization: string | undefined;
}

/** An upload that may come. */
export interface Admission extends Claim {
  /** The most bytes that may come. */
  readonly size: number;
}

export interface AccountsOptions {
  readonly dir: string;
  readonly maxBytes: number;
  /** Free bytes of the file system below which nothing is taken. */
  readonly minFreeBytes: number;
  /** Who may store how much; anybody anything when absent. */
  readonly authority: UploadAuthority | undefined;
}

/** Who may store what: permits, quotas and room. Bytes that are on their way count as if they were here. */
export class Accounts {
  /** Origins that permits may name; set once the server listens. */
  origins: ReadonlySet<string> = new Set();
  readonly #onTheWay = new Map<string, Claim & { readonly size: number }>();

  constructor(
    readonly options: AccountsOptions,
    private readonly retention: Retention,
  ) {}

  get areSigned(): boolean {
    return this.options.authority !== undefined;
  }

  /**
   * Admits an upload and counts its bytes until `settle`.
   * @throws BlobTooLargeError, UploadRefusedError, AuthorityUnavailableError
   */
  async admit({ hash, size, authorization }: UploadHead): Promise<Admission> {
    const { maxBytes, authority } = this.options;
    if (size !== undefined && size > maxBytes) throw new BlobTooLargeError(hash, maxBytes, 'this store');
    if (authority === undefined) return this.reserve({ hash, account: ANYONE }, size ?? maxBytes);
    const permitted = await accountOf({ hash, size, authorization }, this.origins, authority, Date.now());
    const { account, allowance } = permitted;
    if (permitted.size > maxBytes) throw new BlobTooLargeError(hash, maxBytes, 'this store');
    const used = this.#bytesOf(account, hash);
    if (!this.retention.hasClaim({ hash, account }) && used + permitted.size > allowance) {
      const detail = `account ${account} has ${used} of ${allowance} bytes here, no room for ${permitted.size} more; wait until older blobs are dropped, or use another store`;
      throw new UploadRefusedError(hash, 'this store', 'quota', detail);
    }
    return this.reserve({ hash, account }, permitted.size);
  }

  /** Counts bytes that are on their way. */
  reserve(claim: Claim, size: number): Admission {
    const admission = { ...claim, size };
    this.#onTheWay.set(keyOf(claim), admission);
    return admission;
  }

  /** The bytes are not on their way any more: they are here, or will not come. */
  settle(claim: Claim): void {
    this.#onTheWay.delete(keyOf(claim));
  }

  /** Rejects with BlobStoreFullError where the file system would be left with less than the least free space. */
  async needRoom(hash: string, bytes: number): Promise<void> {
    const { dir, minFreeBytes } = this.options;
    const free = await freeBytes(dir);
    if (free - bytes >= minFreeBytes) return;
    const cause = new Error(`${free} bytes are free, ${minFreeBytes} are to stay free`);
    throw new BlobStoreFullError(hash, 'this store', { cause });
  }

  #bytesOf(account: string, hash: string): number {
    let bytes = this.retention.bytesOf(account);
    for (const coming of this.#onTheWay.values()) {
      if (coming.account !== account || coming.hash === hash) continue;
      if (!this.retention.hasClaim(coming)) bytes += coming.size;
    }
    return bytes;
  }
}

const keyOf = ({ hash, account }: Claim): string => `${hash}.${account}`;
