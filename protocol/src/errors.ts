/** Base of every error of this package. The functions are pure, so that no retry with the same values helps. */
export class ProtocolError extends Error {
  /** Whether the same call can succeed later. */
  readonly retryable: boolean = false;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A byte string does not have the length that its encoding asks for. */
export class LengthError extends ProtocolError {
  constructor(
    readonly what: string,
    readonly actual: number,
    readonly expected: number,
  ) {
    super(`${what} has ${actual} bytes, want ${expected}`);
  }
}

/** A number lies outside of what it counts or of the integer that encodes it; both bounds are inclusive. */
export class NumberRangeError extends ProtocolError {
  constructor(
    readonly what: string,
    readonly actual: bigint | number,
    readonly min: bigint | number,
    readonly max: bigint | number,
  ) {
    super(`${what} is ${actual}, want an integer from ${min} to ${max}`);
  }
}

/** Bytes from outside are not an encoding of what they were said to be. */
export class DecodeError extends ProtocolError {
  constructor(
    readonly what: string,
    readonly reason: string,
  ) {
    super(`cannot decode ${what}: ${reason}`);
  }
}

/** A leaf that no run can have produced. */
export class InvalidLeafError extends ProtocolError {
  constructor(
    readonly field: 'status' | 'exitCode' | 'gas',
    readonly reason: string,
  ) {
    super(`invalid leaf: ${reason}`);
  }
}

/** A Merkle proof does not show what it was made for, or a list of hashes does not give its root. */
export class InvalidProofError extends ProtocolError {
  constructor(readonly reason: string) {
    super(`invalid Merkle proof: ${reason}`);
  }
}

/** An opening does not match its commitment. */
export class OpeningError extends ProtocolError {
  constructor(readonly reason: string) {
    super(`the opening does not match the commitment: ${reason}`);
  }
}

/** A ciphertext cannot be opened: the key, the lease, the unit or a byte of it is not the one that sealed it. */
export class DecryptionError extends ProtocolError {
  constructor(
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(`cannot decrypt ${what}: another key, another place, or changed bytes`, options);
  }
}

/** A key cannot be wrapped for a recipient, because its encryption key is no usable X25519 public key. */
export class EncryptionKeyError extends ProtocolError {
  constructor(options?: ErrorOptions) {
    super('the encryption key is not a usable X25519 public key; register another one', options);
  }
}

/** A text is not an amount. */
export class AmountSyntaxError extends ProtocolError {
  constructor(
    readonly text: string,
    readonly expected: string,
  ) {
    super(`${JSON.stringify(text)} is no amount; write ${expected}`);
  }
}
