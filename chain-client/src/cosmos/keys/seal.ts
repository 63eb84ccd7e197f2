import {
  DirectSecp256k1HdWallet,
  extractKdfConfiguration,
  type KdfConfiguration,
} from '@cosmjs/proto-signing';
import type { Wallet } from '../../port/signer.js';
import { addressPrefix } from '../address.js';
import { importWallet } from './wallet.js';

/**
 * A wallet as encrypted text (XChaCha20-Poly1305, CosmJS's format), under a key of 32 bytes. `kdf` tells, in the clear,
 * how the key was made from a password.
 */
export async function sealWallet(
  { mnemonic }: Wallet,
  key: Uint8Array,
  kdf: KdfConfiguration,
): Promise<string> {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: addressPrefix });
  return wallet.serializeWithEncryptionKey(key, kdf);
}

/** How the key of a sealed wallet was made. */
export const kdfOf = (sealed: string): KdfConfiguration => extractKdfConfiguration(sealed);

/** The wallet of a sealed text. Throws where the key is wrong. */
export async function unsealWallet(sealed: string, key: Uint8Array): Promise<Wallet> {
  return importWallet((await DirectSecp256k1HdWallet.deserializeWithEncryptionKey(sealed, key)).mnemonic);
}
