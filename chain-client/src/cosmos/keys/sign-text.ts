import { makeSignDoc, rawSecp256k1PubkeyToRawAddress, serializeSignDoc } from '@cosmjs/amino';
import { Secp256k1, Secp256k1Signature, sha256 } from '@cosmjs/crypto';
import { toBase64 } from '@cosmjs/encoding';
import type { Signer } from '../../port/signer.js';
import type { Address } from '../../types/primitives.js';
import { addressFromBytes } from '../address.js';

/** What proves that an account said something. */
export interface TextSignature {
  /** Compressed secp256k1, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** `r || s`, 64 bytes. */
  readonly signature: Uint8Array;
}

/**
 * Signs bytes that are no transaction, as ADR-036 of the Cosmos SDK has it and wallets offer it: what is signed is a
 * document without chain, fee or sequence whose one message no chain executes, so that neither can stand for the other.
 */
export async function signText(signer: Signer, text: Uint8Array): Promise<TextSignature> {
  const signature = await signer.sign(documentOf(signer.address, text));
  return { publicKey: signer.publicKey, signature };
}

/** Whether a signature of `signText` is that of the account over these very bytes. Rubbish is a no. */
export function isTextSignedBy(
  account: Address,
  text: Uint8Array,
  { publicKey, signature }: TextSignature,
): boolean {
  try {
    if (addressFromBytes(rawSecp256k1PubkeyToRawAddress(publicKey)) !== account) return false;
    const digest = sha256(documentOf(account, text));
    return Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(signature), digest, publicKey);
  } catch {
    return false;
  }
}

function documentOf(signer: Address, text: Uint8Array): Uint8Array {
  const message = { type: 'sign/MsgSignData', value: { signer, data: toBase64(text) } };
  return serializeSignDoc(makeSignDoc([message], { gas: '0', amount: [] }, '', '', 0, 0));
}
