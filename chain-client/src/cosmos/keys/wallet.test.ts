import { Secp256k1, Secp256k1Signature, sha256 } from '@cosmjs/crypto';
import { fromBase64 } from '@cosmjs/encoding';
import { DirectSecp256k1HdWallet, makeSignBytes, makeSignDoc } from '@cosmjs/proto-signing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidAddressError, InvalidMessageError } from '../../errors/index.js';
import { addressBytes, addressFromBytes } from '../address.js';
import { createWallet, importWallet } from './wallet.js';

describe('wallets', () => {
  it('have the accounts and signatures that CosmJS gives the same mnemonic', async () => {
    const wallet = createWallet();
    const signer = await wallet.signer();
    const cosmjs = await DirectSecp256k1HdWallet.fromMnemonic(wallet.mnemonic, { prefix: 'dmcn' });
    const [account] = await cosmjs.getAccounts();
    expect(account?.address).toBe(signer.address);
    expect(account?.pubkey).toEqual(signer.publicKey);
    const document = makeSignDoc(Uint8Array.of(1), Uint8Array.of(2), 'dmcn-devnet-1', 3);
    const { signature } = await cosmjs.signDirect(signer.address, document);
    expect(await signer.sign(makeSignBytes(document))).toEqual(
      new Uint8Array(fromBase64(signature.signature)),
    );
  });

  it('have other accounts at other indices, whose signatures verify', async () => {
    const wallet = importWallet(createWallet().mnemonic.replaceAll(' ', '\n '));
    const [first, second] = [await wallet.signer(0), await wallet.signer(1)];
    expect(first.address).not.toBe(second.address);
    const document = Uint8Array.of(1, 2, 3);
    const signature = Secp256k1Signature.fromFixedLength(await second.sign(document));
    expect(Secp256k1.verifySignature(signature, sha256(document), second.publicKey)).toBe(true);
  });

  it.each([
    '',
    'abandon',
    'abandon '.repeat(12),
    'not a list of words that would make any sense at all here',
  ])('refuse the mnemonic "%s"', (mnemonic) => {
    expect(() => importWallet(mnemonic)).toThrow(InvalidMessageError);
  });
});

describe('addresses', () => {
  it('turn into their 20 bytes and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        expect(addressBytes(addressFromBytes(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each([
    'nobody',
    'cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw',
    'dmcn1qqqsyqcyq5rqwzqf',
    addressFromBytes(new Uint8Array(20)).replace(/.$/, 'q'),
  ])('refuse %s', (address) => {
    expect(() => addressBytes(address)).toThrow(InvalidAddressError);
  });

  it('refuse another number of bytes', () => {
    expect(() => addressFromBytes(new Uint8Array(32))).toThrow(InvalidAddressError);
  });
});
