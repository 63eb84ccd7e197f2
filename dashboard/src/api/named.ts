import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** How a request names its operation, which the API then need not be told again: `extensions` of a request. */
export interface Named {
  readonly persistedQuery: { readonly version: 1; readonly sha256Hash: string };
}

const names = new Map<string, Named>();

/** The name of an operation, by its text. Made without the browser's own SHA-256, which pages over plain HTTP do not have. */
export function named(text: string): Named {
  const sha256Hash = () => bytesToHex(sha256(new TextEncoder().encode(text)));
  const name = names.get(text) ?? { persistedQuery: { version: 1, sha256Hash: sha256Hash() } };
  names.set(text, name);
  return name;
}

/** Whether the API wants to be told an operation's text, by the errors that it answers with. */
export const isUnknown = (errors: readonly { readonly extensions?: { readonly code?: unknown } }[] = []) =>
  errors.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_FOUND');
