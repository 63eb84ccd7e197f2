/** What every failure of a blob store has in common. */
export abstract class BlobError extends Error {
  /** Whether the same call may succeed later without anybody changing its arguments. */
  abstract readonly retryable: boolean;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No store that was asked has the blob. */
export class BlobMissingError extends BlobError {
  readonly retryable = false;

  constructor(
    readonly hash: string,
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(`blob ${hash} is not at ${where}: upload it there, or ask another locator`, options);
  }
}

/** The bytes that were read do not hash to the name they were asked for by. */
export class BlobCorruptError extends BlobError {
  readonly retryable = false;

  constructor(
    readonly hash: string,
    readonly where: string,
    /** SHA-256 of what came instead, hexadecimal. */
    readonly actualHash: string,
    /** Bytes that came instead. */
    readonly size: number,
    options?: ErrorOptions,
  ) {
    super(
      `blob ${hash} at ${where} is truncated or altered: its ${size} bytes hash to ${actualHash}; ` +
        'upload it again, or ask another locator',
      options,
    );
  }
}

/** The blob is longer than the limit of the caller or of the store. */
export class BlobTooLargeError extends BlobError {
  readonly retryable = false;

  constructor(
    readonly hash: string,
    /** The most bytes that are accepted. */
    readonly limit: number,
    /** Where the limit was met. */
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(`blob ${hash} is larger than the ${limit} bytes allowed at ${where}: split it`, options);
  }
}

/** The store did not answer, or not in time, or answered that it cannot serve now. */
export class BlobUnreachableError extends BlobError {
  readonly retryable = true;

  constructor(
    readonly hash: string,
    readonly where: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`blob ${hash}: ${where} cannot be reached (${reason}); try again, or use another locator`, options);
  }
}

/** The store has no room left for the blob. */
export class BlobStoreFullError extends BlobError {
  readonly retryable = true;

  constructor(
    readonly hash: string,
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(`blob ${hash} was not stored: ${where} is full; free space there, or use another locator`, options);
  }
}

/** The store answered something that is neither the blob nor a known refusal. */
export class BlobRefusedError extends BlobError {
  readonly retryable = false;

  constructor(
    readonly hash: string,
    readonly where: string,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(
      `blob ${hash}: ${where} refused with HTTP status ${status}; is it a blob store's address?`,
      options,
    );
  }
}

/** Why a store takes nothing from an account: it wants a permit, refuses the one it got, or the account may keep no more. */
export const refusalReasons = ['unsigned', 'permit', 'account', 'quota'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** The store takes the blob from nobody, or not from this account. */
export class UploadRefusedError extends BlobError {
  readonly retryable = false;

  constructor(
    readonly hash: string,
    readonly where: string,
    readonly reason: RefusalReason,
    /** What the store says, one sentence without a full stop. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`blob ${hash} was not stored at ${where}: ${detail}`, options);
  }
}
