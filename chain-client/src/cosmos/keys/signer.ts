import { ripemd160, Secp256k1, sha256 } from '@cosmjs/crypto';
import type { Signer } from '../../port/signer.js';
import { addressFromBytes } from '../address.js';

/** A signer with a raw secp256k1 key of 32 bytes. */
export function secp256k1Signer(privateKey: Uint8Array): Signer {
  const publicKey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(privateKey).pubkey);
  return {
    address: addressFromBytes(ripemd160(sha256(publicKey))),
    publicKey,
    async sign(document) {
      const signature = Secp256k1.createSignature(sha256(document), privateKey);
      return Secp256k1.trimRecoveryByte(signature.toFixedLength());
    },
  };
}
