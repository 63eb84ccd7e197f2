import { hexToBytes, bytesToHex as toHex } from '@noble/hashes/utils.js';

/** What an account allows to be stored on its account, and where. */
export interface UploadTerms {
  /** Origin of the store, such as `http://host:4001`: a permit is of no use at another one. */
  readonly origin: string;
  /** Hexadecimal hash of the blob. */
  readonly hash: string;
  /** Length of the whole blob in bytes. */
  readonly size: number;
  /** Unix time in seconds after which it is void. */
  readonly expires: number;
}

/** The proof that an account agreed, in whatever scheme its chain has. */
export interface UploadProof {
  readonly account: string;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** Terms with their proof. Sent as `Authorization: DMCN-Upload <base64 of its JSON>`. */
export interface UploadPermit extends UploadTerms, UploadProof {}

/** Signs terms for an account: the client's side. */
export interface UploadSigner {
  sign(terms: Uint8Array): Promise<UploadProof>;
}

/** Judges accounts: the server's side, which alone knows of chains. */
export interface UploadAuthority {
  /** Whether the account signed these bytes. */
  verify(terms: Uint8Array, proof: UploadProof): Promise<boolean>;
  /** Bytes that the account may keep here; 0 for an account that nothing scarce stands behind. Rejects when unknown. */
  allowance(account: string): Promise<number>;
}

/** Scheme of the Authorization header. */
export const PERMIT_SCHEME = 'DMCN-Upload';

const ACCOUNT = /^[0-9a-z]{1,90}$/;
const HEX = /^(?:[0-9a-f]{2}){1,128}$/;
const HASH = /^[0-9a-f]{64}$/;

/** The bytes that are signed: a tag and the terms, a line each, readable where a wallet shows them. */
export function termsBytes({ origin, hash, size, expires }: UploadTerms): Uint8Array {
  return new TextEncoder().encode(`dmcn/upload/1\n${origin}\n${hash}\n${size}\n${expires}`);
}

/** The value of the Authorization header. */
export function encodePermit(permit: UploadPermit): string {
  const { publicKey, signature, ...rest } = permit;
  const json = JSON.stringify({ ...rest, publicKey: toHex(publicKey), signature: toHex(signature) });
  return `${PERMIT_SCHEME} ${btoa(json)}`;
}

/** Reads a header; undefined where it is no permit. */
export function decodePermit(header: string): UploadPermit | undefined {
  const [, token] = /^DMCN-Upload +([A-Za-z0-9+/=]{1,4096})$/i.exec(header) ?? [];
  if (token === undefined) return undefined;
  try {
    return permitOf(JSON.parse(atob(token)));
  } catch {
    return undefined;
  }
}

function permitOf(json: unknown): UploadPermit | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { origin, hash, size, expires, account, publicKey, signature } = json as Record<string, unknown>;
  const isShaped =
    typeof origin === 'string' &&
    !origin.includes('\n') &&
    matches(hash, HASH) &&
    isCount(size) &&
    isCount(expires) &&
    matches(account, ACCOUNT) &&
    matches(publicKey, HEX) &&
    matches(signature, HEX);
  if (!isShaped) return undefined;
  return {
    ...{ origin, hash, size, expires, account },
    publicKey: hexToBytes(publicKey),
    signature: hexToBytes(signature),
  };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const matches = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);
