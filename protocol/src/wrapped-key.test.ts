import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes } from './bytes.js';
import { deriveEncryptionKeyPair, generateEncryptionKeyPair } from './encryption-key.js';
import { DecryptionError, EncryptionKeyError, LengthError, NumberRangeError } from './errors.js';
import { bytes, flipBit } from './testing/arbitraries.js';
import { goldenCases } from './testing/vectors.js';
import {
  type KeyKind,
  unwrapKey,
  WRAPPED_KEY_LENGTH,
  type WrapContext,
  wrapInfo,
  wrapKey,
} from './wrapped-key.js';

interface WrapCase {
  readonly name: string;
  readonly kind: KeyKind;
  readonly chainId: string;
  readonly job: string;
  readonly batch: number;
  readonly epoch: number;
  readonly recipient: string;
  readonly seed: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly key: string;
  readonly info: string;
  readonly wrapped: string;
}

const { cases } = goldenCases<{ cases: WrapCase[] }>('wrapped-key');

const context: WrapContext = {
  kind: 'leaf',
  chainId: 'dmcn-devnet-1',
  job: 1n,
  batch: 2,
  epoch: 0,
  recipient: new Uint8Array(20),
};

describe('golden wrapped keys', () => {
  test.each(cases)('$name', async (json) => {
    const place = { ...json, job: BigInt(json.job), recipient: hexToBytes(json.recipient) };
    expect(bytesToHex(wrapInfo(place))).toBe(json.info);
    const key = await unwrapKey(hexToBytes(json.wrapped), hexToBytes(json.privateKey), place);
    expect(bytesToHex(key)).toBe(json.key);
    const pair = await deriveEncryptionKeyPair(hexToBytes(json.seed));
    expect(bytesToHex(pair.privateKey)).toBe(json.privateKey);
    expect(bytesToHex(pair.publicKey)).toBe(json.publicKey);
  });
});

test('a wrapped key opens for its recipient only, unchanged and at its place', async () => {
  const { publicKey, privateKey } = await generateEncryptionKeyPair();
  const stranger = await generateEncryptionKeyPair();
  await fc.assert(
    fc.asyncProperty(bytes(32), fc.nat(), async (key, bit) => {
      const wrapped = await wrapKey(key, publicKey, context);
      expect(wrapped).toHaveLength(WRAPPED_KEY_LENGTH);
      expect(await unwrapKey(wrapped, privateKey, context)).toEqual(key);
      const refused = async (blob: Uint8Array, secret: Uint8Array, place: WrapContext) =>
        expect(unwrapKey(blob, secret, place)).rejects.toThrow(DecryptionError);
      await refused(wrapped, stranger.privateKey, context);
      // X25519 ignores the top bit of enc, but HPKE binds all of it.
      await refused(flipBit(wrapped, bit), privateKey, context);
      await refused(wrapped, privateKey, { ...context, kind: 'output' });
      await refused(wrapped, privateKey, { ...context, chainId: 'dmcn-1' });
      await refused(wrapped, privateKey, { ...context, epoch: 1 });
      await refused(wrapped, privateKey, { ...context, recipient: flipBit(context.recipient, bit) });
    }),
    { numRuns: 15 },
  );
});

test('key pairs differ, and a wrapping never repeats', async () => {
  const [one, other] = [await generateEncryptionKeyPair(), await generateEncryptionKeyPair()];
  expect(one.publicKey).toHaveLength(32);
  expect(one.publicKey).not.toEqual(other.publicKey);
  const key = new Uint8Array(32);
  expect(await wrapKey(key, one.publicKey, context)).not.toEqual(await wrapKey(key, one.publicKey, context));
});

test('unusable keys, lengths and places are refused', async () => {
  const { publicKey, privateKey } = await generateEncryptionKeyPair();
  const key = new Uint8Array(32);
  await expect(wrapKey(key, new Uint8Array(32), context)).rejects.toThrow(EncryptionKeyError);
  await expect(wrapKey(key, publicKey.slice(1), context)).rejects.toThrow(LengthError);
  await expect(wrapKey(key.slice(1), publicKey, context)).rejects.toThrow(LengthError);
  await expect(wrapKey(key, publicKey, { ...context, job: -1n })).rejects.toThrow(NumberRangeError);
  await expect(unwrapKey(new Uint8Array(79), privateKey, context)).rejects.toThrow(LengthError);
  await expect(unwrapKey(new Uint8Array(80), privateKey, context)).rejects.toThrow(DecryptionError);
  await expect(unwrapKey(new Uint8Array(80), key.slice(1), context)).rejects.toThrow(LengthError);
  await expect(deriveEncryptionKeyPair(new Uint8Array(31))).rejects.toThrow(LengthError);
  expect(() => wrapInfo({ ...context, chainId: 'x'.repeat(65_536) })).toThrow(NumberRangeError);
});
