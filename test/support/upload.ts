import { createHash } from 'node:crypto';
import type { Signer } from '@dmcn/chain-client';
import { signText } from '@dmcn/chain-client/cosmos';

/** A permit for a blob store, as its README describes it. */
export async function permit(
  signer: Signer,
  origin: string,
  bytes: Uint8Array,
  expires = Math.floor(Date.now() / 1_000) + 600,
): Promise<string> {
  const hash = hashOf(bytes);
  const terms = ['dmcn/upload/1', origin, hash, bytes.length, expires].join('\n');
  const { publicKey, signature } = await signText(signer, new TextEncoder().encode(terms));
  const hex = (raw: Uint8Array) => Buffer.from(raw).toString('hex');
  const proof = { account: signer.address, publicKey: hex(publicKey), signature: hex(signature) };
  return `DMCN-Upload ${btoa(JSON.stringify({ origin, hash, size: bytes.length, expires, ...proof }))}`;
}

/** Puts a blob on an account, and returns what the store answers. */
export async function upload(signer: Signer, origin: string, bytes: Uint8Array): Promise<Response> {
  const authorization = await permit(signer, origin, bytes);
  return putBlob(origin, bytes, { authorization });
}

export const putBlob = (origin: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${origin}/blobs/${hashOf(bytes)}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });

/** Name of a blob. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
