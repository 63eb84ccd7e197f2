import { sha256 } from '@cosmjs/crypto';
import { toBase64, toHex } from '@cosmjs/encoding';
import { encodePubkey, makeSignBytes, makeSignDoc } from '@cosmjs/proto-signing';
import { SignMode } from 'cosmjs-types/cosmos/tx/signing/v1beta1/signing';
import { AuthInfo, TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import type { Any } from 'cosmjs-types/google/protobuf/any';
import type { Signer } from '../../port/signer.js';
import type { Address, ChainHash, Udmc } from '../../types/primitives.js';
import { coins } from '../coin.js';
import { toTimestamp } from './timestamp.js';

/** Everything that a transaction says. */
export interface TxDraft {
  readonly messages: readonly Any[];
  readonly memo: string;
  /** Nanoseconds since 1970; unique for the signer. */
  readonly expiry: bigint;
  readonly gasLimit: bigint;
  readonly fee: Udmc;
  readonly feeGranter: Address | undefined;
}

/** Where a signature is good for. */
export interface SigningDomain {
  readonly chainId: string;
  readonly accountNumber: bigint;
}

const signatureLength = 64;

/** A transaction with a real signature. */
export async function signTx(draft: TxDraft, domain: SigningDomain, signer: Signer): Promise<Uint8Array> {
  const { bodyBytes, authInfoBytes } = encodeParts(draft, signer.publicKey);
  const document = makeSignBytes(makeSignDoc(bodyBytes, authInfoBytes, domain.chainId, domain.accountNumber));
  const signature = await signer.sign(document);
  return TxRaw.encode({ bodyBytes, authInfoBytes, signatures: [signature] }).finish();
}

/** A transaction with an empty signature of the right size, for a simulation. */
export function unsignedTx(draft: TxDraft, publicKey: Uint8Array): Uint8Array {
  const signatures = [new Uint8Array(signatureLength)];
  return TxRaw.encode({ ...encodeParts(draft, publicKey), signatures }).finish();
}

/** Hash that names a transaction on its chain. */
export const txHash = (tx: Uint8Array): ChainHash => toHex(sha256(tx)).toUpperCase();

function encodeParts(draft: TxDraft, publicKey: Uint8Array) {
  const bodyBytes = TxBody.encode(
    TxBody.fromPartial({
      messages: [...draft.messages],
      memo: draft.memo,
      unordered: true,
      timeoutTimestamp: toTimestamp(draft.expiry),
    }),
  ).finish();
  const authInfoBytes = AuthInfo.encode(
    AuthInfo.fromPartial({
      signerInfos: [
        {
          publicKey: encodePubkey({ type: 'tendermint/PubKeySecp256k1', value: toBase64(publicKey) }),
          modeInfo: { single: { mode: SignMode.SIGN_MODE_DIRECT } },
          sequence: 0n,
        },
      ],
      fee: { amount: coins(draft.fee), gasLimit: draft.gasLimit, granter: draft.feeGranter ?? '' },
    }),
  ).finish();
  return { bodyBytes, authInfoBytes };
}
