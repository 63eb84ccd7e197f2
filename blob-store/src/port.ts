/** The most bytes a blob may have anywhere in the network: 64 MiB. */
export const MAX_BLOB_BYTES = 64 * 1024 * 1024;

/** What a single call may override. */
export interface BlobCallOptions {
  /** Ends the call early; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a read may override. */
export interface BlobGetOptions extends BlobCallOptions {
  /** The most bytes to accept; the store's own limit when absent. */
  readonly maxBytes?: number;
}

/**
 * Content-addressed bytes. A blob's name is the SHA-256 of its content (32 raw bytes), so that whoever stores it need
 * not be trusted: nothing is returned that does not hash to the name it was asked for by.
 */
export interface BlobStore {
  /**
   * The blob of that hash, verified.
   * @throws BlobMissingError, BlobCorruptError, BlobTooLargeError, BlobUnreachableError, BlobRefusedError
   */
  get(hash: Uint8Array, options?: BlobGetOptions): Promise<Uint8Array>;

  /**
   * Stores the bytes durably and returns their hash. Storing the same bytes again is not an error, and repairs a
   * damaged copy.
   * @throws BlobTooLargeError, BlobStoreFullError, BlobUnreachableError, BlobRefusedError
   */
  put(bytes: Uint8Array, options?: BlobCallOptions): Promise<Uint8Array>;

  /**
   * Whether a blob of that name is kept, without reading it.
   * @throws BlobUnreachableError, BlobRefusedError
   */
  has(hash: Uint8Array, options?: BlobCallOptions): Promise<boolean>;
}
