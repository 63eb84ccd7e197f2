import { createHmac } from 'node:crypto';
import type { UploadAuthority, UploadProof, UploadSigner } from '../permit/permit.js';

/** Accounts of tests sign with a shared secret of theirs. */
const signatureOf = (account: string, terms: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', `secret of ${account}`).update(terms).digest());

export const testSigner = (account: string): UploadSigner => ({
  sign: async (terms): Promise<UploadProof> => ({
    account,
    publicKey: Uint8Array.of(1),
    signature: signatureOf(account, terms),
  }),
});

/** Lets each account keep `allowance` bytes, and accounts named `nobody...` nothing. */
export const testAuthority = (allowance: number): UploadAuthority => ({
  verify: async (terms, { account, signature }) =>
    Buffer.from(signatureOf(account, terms)).equals(Buffer.from(signature)),
  allowance: async (account) => (account.startsWith('nobody') ? 0 : allowance),
});
