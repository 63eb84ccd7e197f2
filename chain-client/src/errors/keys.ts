import { BaseError } from './base.js';

/** A keystore has no key of this name. */
export class UnknownKeyError extends BaseError {
  constructor(
    readonly keyName: string,
    readonly directory: string,
  ) {
    super(`there is no key ${keyName} in ${directory}; list the keys, or add it`);
  }
}

/** A keystore has a key of this name already. */
export class KeyExistsError extends BaseError {
  constructor(
    readonly keyName: string,
    readonly directory: string,
    cause?: unknown,
  ) {
    super(`there is a key ${keyName} in ${directory} already; choose another name`, { cause });
  }
}

/** A key could not be decrypted, or its file is damaged. */
export class KeyLockedError extends BaseError {
  constructor(
    readonly keyName: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`key ${keyName} cannot be opened: ${reason}`, { cause });
  }
}
