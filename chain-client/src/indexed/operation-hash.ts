import { bytesToHex } from '@dmcn/protocol';
import { sha256 } from '@noble/hashes/sha2.js';

const hashes = new Map<string, string>();

/** SHA-256 of an operation's text, hex: what names it to a server that knows it. */
export const operationHash = (text: string): string => {
  const hash = hashes.get(text) ?? bytesToHex(sha256(new TextEncoder().encode(text)));
  hashes.set(text, hash);
  return hash;
};
