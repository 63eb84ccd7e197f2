import { Secp256k1HdWallet } from '@cosmjs/amino';
import { SignDoc } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Signer } from '../../port/signer.js';
import { isTextSignedBy, signText } from './sign-text.js';
import { createWallet } from './wallet.js';

const text = new TextEncoder().encode('dmcn/upload/1\nwhatever <that> & may be');
const wallet = createWallet();
let signer: Signer;
let other: Signer;
beforeAll(async () => {
  [signer, other] = [await wallet.signer(0), await wallet.signer(1)];
});

it('signs what a wallet signs for the same ADR-036 document', async () => {
  const cosmjs = await Secp256k1HdWallet.fromMnemonic(wallet.mnemonic, { prefix: 'dmcn' });
  const value = { signer: signer.address, data: Buffer.from(text).toString('base64') };
  const { signature } = await cosmjs.signAmino(signer.address, {
    chain_id: '',
    account_number: '0',
    sequence: '0',
    fee: { gas: '0', amount: [] },
    msgs: [{ type: 'sign/MsgSignData', value }],
    memo: '',
  });
  const signed = await signText(signer, text);
  expect(Buffer.from(signed.signature).toString('base64')).toBe(signature.signature);
  expect(isTextSignedBy(signer.address, text, signed)).toBe(true);
});

it('is of one account and one text only', async () => {
  const signed = await signText(signer, text);
  expect(isTextSignedBy(other.address, text, signed)).toBe(false);
  expect(isTextSignedBy(signer.address, text.slice(1), signed)).toBe(false);
  expect(isTextSignedBy(signer.address, text, { ...signed, publicKey: other.publicKey })).toBe(false);
  expect(isTextSignedBy('nobody', text, signed)).toBe(false);
});

it('says no to rubbish', async () => {
  const signed = await signText(signer, text);
  const rubbish = fc.uint8Array({ maxLength: 80 });
  fc.assert(
    fc.property(rubbish, rubbish, (publicKey, signature) => {
      expect(isTextSignedBy(signer.address, text, { ...signed, signature })).toBe(false);
      expect(isTextSignedBy(signer.address, text, { ...signed, publicKey })).toBe(false);
    }),
  );
});

it('never signs what could be a transaction, whatever the text is', async () => {
  const documents: Uint8Array[] = [];
  const record = async (document: Uint8Array) => {
    documents.push(document);
    return new Uint8Array(64);
  };
  const spy: Signer = { ...signer, sign: record };
  const transaction = SignDoc.encode(
    SignDoc.fromPartial({ bodyBytes: text, authInfoBytes: text, chainId: 'dmcn-devnet-1' }),
  ).finish();
  for (const bytes of [text, transaction, new Uint8Array()]) await signText(spy, bytes);
  for (const document of documents) {
    const { chain_id: chain, msgs } = JSON.parse(new TextDecoder().decode(document));
    expect([chain, msgs.length, msgs[0].type]).toEqual(['', 1, 'sign/MsgSignData']);
    expect(() => SignDoc.decode(document)).toThrow();
  }
});
