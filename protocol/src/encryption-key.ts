import { LengthError } from './errors.js';
import { suite } from './hpke-suite.js';

/** An X25519 key pair, 32 bytes each: what keys are wrapped for. */
export interface EncryptionKeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

const MIN_SEED_LENGTH = 32;

/** A fresh key pair from the platform's secure randomness. */
export async function generateEncryptionKeyPair(): Promise<EncryptionKeyPair> {
  return serialize(await suite.kem.generateKeyPair());
}

/**
 * The key pair of a secret seed of at least 32 bytes, by RFC 9180's DeriveKeyPair: the same seed always gives the same
 * pair. Throws LengthError for a shorter seed.
 */
export async function deriveEncryptionKeyPair(seed: Uint8Array): Promise<EncryptionKeyPair> {
  if (seed.length < MIN_SEED_LENGTH) throw new LengthError('key seed', seed.length, MIN_SEED_LENGTH);
  return serialize(await suite.kem.deriveKeyPair(seed));
}

async function serialize({ publicKey, privateKey }: CryptoKeyPair): Promise<EncryptionKeyPair> {
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(privateKey)),
  };
}
