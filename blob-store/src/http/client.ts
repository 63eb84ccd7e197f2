import { BlobMissingError, BlobTooLargeError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import type { UploadSigner } from '../permit/permit.js';
import { type BlobCallOptions, type BlobGetOptions, type BlobStore, MAX_BLOB_BYTES } from '../port.js';
import { createDownload, isAt } from './download.js';
import type { Call } from './exchange.js';
import { baseUrl } from './locators.js';
import { RestingLocators } from './resting.js';
import type { RetryPolicy } from './retry.js';
import { copyToAll, inTurn } from './several.js';
import { createUpload } from './upload.js';

export interface HttpBlobStoreOptions {
  /** Base URLs of blob servers (`http://host:4001`), the preferred one first; at least one. */
  readonly locators: readonly string[];
  /** Signs uploads for an account. Without one they go unsigned, which most servers refuse. */
  readonly signer?: UploadSigner;
  /** The most bytes of a blob; 64 MiB when absent. */
  readonly maxBytes?: number;
  /** Milliseconds until a server must have begun to answer; 15,000 when absent. */
  readonly timeoutMs?: number;
  /** Tries at each locator while the failure is transient; 5 when absent. */
  readonly attempts?: number;
  /** Milliseconds before the second try; 200 when absent. */
  readonly retryDelayMs?: number;
  /** Remembers who did not answer; stores that have locators in common share it. */
  readonly resting?: RestingLocators;
  /** Told of each locator that did not take a copy of a blob, also where another one did. */
  readonly onCopyFailed?: (locator: string, error: unknown) => void;
}

/**
 * A blob store behind one or more blob servers. `get` returns the first copy that verifies and `has` stops at the first
 * that is there: every locator is tried, those that do not answer last, then all again while a failure is transient.
 * `put` brings a copy to every locator and is content with one. When all fail, the error is the one that leaves most
 * hope: unreachable before full before corrupt before too large before refused, and missing only when none has the blob.
 * @throws TypeError when there is no locator or one is not an http(s) URL
 */
export function createHttpBlobStore(options: HttpBlobStoreOptions): BlobStore {
  const locators = [...new Set(options.locators.map(baseUrl))];
  if (locators.length === 0) throw new TypeError('a blob store needs at least one locator');
  const { signer, onCopyFailed, resting = new RestingLocators() } = options;
  const limit = options.maxBytes ?? MAX_BLOB_BYTES;
  const timeoutMs = options.timeoutMs ?? 15_000;
  const policy: RetryPolicy = { attempts: options.attempts ?? 5, delayMs: options.retryDelayMs ?? 200 };
  const servers = { locators, resting, policy };

  return {
    get: (hash: Uint8Array, { signal, maxBytes = limit }: BlobGetOptions = {}) => {
      const call = { hash: hashToHex(hash), signal, timeoutMs, maxBytes: Math.min(maxBytes, limit) };
      return inTurn(servers, call, createDownload);
    },

    async put(bytes: Uint8Array, { signal }: BlobCallOptions = {}) {
      const hash = hashBlob(bytes);
      const call = { hash: hashToHex(hash), signal, timeoutMs, maxBytes: limit };
      if (bytes.length > limit) throw new BlobTooLargeError(call.hash, limit, 'this client');
      signal?.throwIfAborted();
      const upload = (each: Call) => createUpload(each, bytes, signer);
      await copyToAll(servers, call, upload, onCopyFailed);
      return hash;
    },

    async has(hash: Uint8Array, { signal }: BlobCallOptions = {}) {
      const call = { hash: hashToHex(hash), signal, timeoutMs, maxBytes: limit };
      try {
        return await inTurn(servers, call, (each) => () => presentAt(each));
      } catch (error) {
        if (error instanceof BlobMissingError) return false;
        throw error;
      }
    },
  };
}

/** True, or BlobMissingError so that the next locator is asked. */
async function presentAt(call: Call): Promise<boolean> {
  if (await isAt(call)) return true;
  throw new BlobMissingError(call.hash, call.locator);
}
