import type { Address } from '../types/primitives.js';

/** One account's key. It signs what an adapter asks it to, and never shows its secret. */
export interface Signer {
  readonly address: Address;
  /** In the encoding of the adapter's chain (Cosmos: compressed secp256k1, 33 bytes). */
  readonly publicKey: Uint8Array;
  /** Signs the bytes with the chain's own scheme (Cosmos: ECDSA over their SHA-256, `r || s`, 64 bytes). */
  sign(document: Uint8Array): Promise<Uint8Array>;
}

/** Keys that come from one secret; each index is another account. */
export interface Wallet {
  /** The secret in words. Whoever reads it owns all accounts. */
  readonly mnemonic: string;
  /** Signer of the account with this index, the first one unless given. */
  signer(index?: number): Promise<Signer>;
}
