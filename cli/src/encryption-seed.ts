import { createHash } from 'node:crypto';
import type { Wallet } from '@dmcn/chain-client';

/** Seed of the X25519 key that belongs to a wallet: whoever keeps the mnemonic can read the outputs again. */
export const encryptionSeed = ({ mnemonic }: Wallet): Uint8Array =>
  createHash('sha256').update('dmcn/encryption-key/1').update(mnemonic).digest();
