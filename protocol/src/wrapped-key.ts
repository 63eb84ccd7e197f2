import { CIPHER_TAG_LENGTH } from './batch-cipher.js';
import { ACCOUNT_LENGTH, checkLength, concat, KEY_LENGTH, u8, u16, u32, u64, utf8 } from './bytes.js';
import { DecryptionError, EncryptionKeyError } from './errors.js';
import { suite, X25519_KEY_LENGTH } from './hpke-suite.js';

const TAG = utf8('dmcn/wrap/1');
const KIND_CODES = { leaf: 0, output: 1 } as const;

/** Bytes of a wrapped key: `enc || ct`. */
export const WRAPPED_KEY_LENGTH = X25519_KEY_LENGTH + KEY_LENGTH + CIPHER_TAG_LENGTH;

/** Which key is wrapped: `leaf` is K, `output` is K_out. */
export type KeyKind = keyof typeof KIND_CODES;

/** What a wrapped key is bound to: it opens nowhere else. */
export interface WrapContext {
  readonly kind: KeyKind;
  readonly chainId: string;
  readonly job: bigint;
  readonly batch: number;
  readonly epoch: number;
  /** The account that may open it, 20 raw bytes. */
  readonly recipient: Uint8Array;
}

/** The number of a key's kind in encodings: 0 for K, 1 for K_out. */
export function keyKindCode(kind: KeyKind): number {
  return KIND_CODES[kind];
}

/**
 * HPKE's info: `"dmcn/wrap/1" || u8 kind || u16 length || chain id || u64 job || u32 batch || u32 epoch || recipient`,
 * the length being the chain id's. Throws LengthError or NumberRangeError.
 */
export function wrapInfo(context: WrapContext): Uint8Array {
  const chainId = utf8(context.chainId);
  return concat(
    TAG,
    u8(keyKindCode(context.kind), 'key kind'),
    u16(chainId.length, 'chain id length'),
    chainId,
    u64(context.job, 'job'),
    u32(context.batch, 'batch'),
    u32(context.epoch, 'epoch'),
    checkLength(context.recipient, 'recipient account', ACCOUNT_LENGTH),
  );
}

/**
 * Wraps K or K_out for the holder of an encryption key by HPKE in base mode; returns `enc || ct`, 80 bytes, different
 * ones on every call. Throws LengthError or NumberRangeError, and EncryptionKeyError for a public key of low order.
 */
export async function wrapKey(
  key: Uint8Array,
  publicKey: Uint8Array,
  context: WrapContext,
): Promise<Uint8Array> {
  checkLength(key, 'batch key', KEY_LENGTH);
  checkLength(publicKey, 'encryption key', X25519_KEY_LENGTH);
  const info = wrapInfo(context);
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
  try {
    const { enc, ct } = await suite.seal({ recipientPublicKey, info }, key);
    return concat(new Uint8Array(enc), new Uint8Array(ct));
  } catch (cause) {
    throw new EncryptionKeyError({ cause });
  }
}

/**
 * Unwraps a key with the recipient's private key. Throws LengthError or NumberRangeError, and DecryptionError when it
 * was wrapped for another recipient or place, or was changed.
 */
export async function unwrapKey(
  wrapped: Uint8Array,
  privateKey: Uint8Array,
  context: WrapContext,
): Promise<Uint8Array> {
  checkLength(wrapped, 'wrapped key', WRAPPED_KEY_LENGTH);
  checkLength(privateKey, 'private key', X25519_KEY_LENGTH);
  const info = wrapInfo(context);
  const recipientKey = await suite.kem.deserializePrivateKey(privateKey);
  const enc = wrapped.slice(0, X25519_KEY_LENGTH);
  try {
    return new Uint8Array(await suite.open({ recipientKey, enc, info }, wrapped.slice(X25519_KEY_LENGTH)));
  } catch (cause) {
    throw new DecryptionError(`the wrapped ${context.kind} key`, { cause });
  }
}
