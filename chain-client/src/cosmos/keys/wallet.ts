import { Bip39, EnglishMnemonic, Random, Slip10, Slip10Curve } from '@cosmjs/crypto';
import { makeCosmoshubPath } from '@cosmjs/proto-signing';
import { InvalidMessageError } from '../../errors/index.js';
import type { Wallet } from '../../port/signer.js';
import { secp256k1Signer } from './signer.js';

/** Entropy of 24 words. */
const entropyBytes = 32;

/** A new wallet with a random mnemonic of 24 words. */
export const createWallet = (): Wallet => walletOf(Bip39.encode(Random.getBytes(entropyBytes)));

/** The wallet of a mnemonic, on Cosmos's path `m/44'/118'/0'/0/index`. Throws `InvalidMessageError` where its words or checksum are wrong. */
export function importWallet(mnemonic: string): Wallet {
  const words = mnemonic.trim().split(/\s+/).join(' ');
  try {
    return walletOf(new EnglishMnemonic(words));
  } catch (cause) {
    throw new InvalidMessageError('mnemonic', 'is not a list of 12 to 24 words with a right checksum', cause);
  }
}

function walletOf(mnemonic: EnglishMnemonic): Wallet {
  const seed = Bip39.mnemonicToSeed(mnemonic);
  return {
    mnemonic: mnemonic.toString(),
    async signer(index = 0) {
      const { privkey } = Slip10.derivePath(Slip10Curve.Secp256k1, await seed, makeCosmoshubPath(index));
      return secp256k1Signer(privkey);
    },
  };
}
