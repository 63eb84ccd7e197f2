import { BlobCorruptError, BlobMissingError, BlobTooLargeError, BlobUnreachableError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { type BlobCallOptions, type BlobGetOptions, type BlobStore, MAX_BLOB_BYTES } from '../port.js';
import { type Call, getFrom, isAt, putTo } from './locator.js';
import { type RetryPolicy, withRetry } from './retry.js';

export interface HttpBlobStoreOptions {
  /** Base URLs of blob servers (`http://host:4001`), the preferred one first; at least one. */
  readonly locators: readonly string[];
  /** The most bytes of a blob; 64 MiB when absent. */
  readonly maxBytes?: number;
  /** Milliseconds until a server must have begun to answer; 15,000 when absent. */
  readonly timeoutMs?: number;
  /** Tries at each locator while the failure is transient; 3 when absent. */
  readonly attempts?: number;
  /** Milliseconds before the second try; 200 when absent. */
  readonly retryDelayMs?: number;
}

/**
 * A blob store behind one or more blob servers. Every locator is tried in turn, several times while the failure is
 * transient: `get` returns the first copy that verifies, `put` stops at the first server that took the bytes, `has`
 * at the first that has them. When all fail, the error is the one that leaves most hope: unreachable before corrupt
 * before too large before refused, and missing only when no locator has the blob.
 * @throws TypeError when there is no locator or one is not an http(s) URL
 */
export function createHttpBlobStore(options: HttpBlobStoreOptions): BlobStore {
  const locators = options.locators.map(baseUrl);
  if (locators.length === 0) throw new TypeError('a blob store needs at least one locator');
  const limit = options.maxBytes ?? MAX_BLOB_BYTES;
  const timeoutMs = options.timeoutMs ?? 15_000;
  const policy: RetryPolicy = { attempts: options.attempts ?? 3, delayMs: options.retryDelayMs ?? 200 };

  const inTurn = async <T>(call: Omit<Call, 'locator' | 'timeoutMs'>, action: (call: Call) => Promise<T>) => {
    const failures: unknown[] = [];
    for (const locator of locators) {
      try {
        return await withRetry(() => action({ ...call, locator, timeoutMs }), policy, call.signal);
      } catch (error) {
        call.signal?.throwIfAborted();
        failures.push(error);
      }
    }
    throw mostTelling(failures, locators);
  };

  return {
    get: (hash: Uint8Array, { signal, maxBytes = limit }: BlobGetOptions = {}) =>
      inTurn({ hash: hashToHex(hash), signal, maxBytes: Math.min(maxBytes, limit) }, getFrom),

    async put(bytes: Uint8Array, { signal }: BlobCallOptions = {}) {
      const hash = hashBlob(bytes);
      const hex = hashToHex(hash);
      if (bytes.length > limit) throw new BlobTooLargeError(hex, limit, 'this client');
      await inTurn({ hash: hex, signal, maxBytes: limit }, (call) => putTo(call, bytes));
      return hash;
    },

    async has(hash: Uint8Array, { signal }: BlobCallOptions = {}) {
      const call = { hash: hashToHex(hash), signal, maxBytes: limit };
      try {
        return await inTurn(call, presentAt);
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

function baseUrl(locator: string): string {
  const url = URL.canParse(locator) ? new URL(locator) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(`"${locator}" is not the http(s) address of a blob store, such as http://host:4001`);
  }
  return locator.replace(/\/+$/, '');
}

/** Of the failures at several locators the one that decides what the caller should do. */
function mostTelling(failures: readonly unknown[], locators: readonly string[]): unknown {
  for (const kind of [BlobUnreachableError, BlobCorruptError, BlobTooLargeError]) {
    const found = failures.find((failure) => failure instanceof kind);
    if (found !== undefined) return found;
  }
  const other = failures.find((failure) => !(failure instanceof BlobMissingError));
  if (other !== undefined) return other;
  const [missing] = failures;
  return missing instanceof BlobMissingError
    ? new BlobMissingError(missing.hash, locators.join(', '), { cause: missing })
    : missing;
}
