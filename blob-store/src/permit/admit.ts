import { UploadRefusedError } from '../errors.js';
import { decodePermit, PERMIT_SCHEME, termsBytes, type UploadAuthority } from './permit.js';

/** Seconds that a permit may be made ahead; a client's clock may be wrong by half of it. */
export const MAX_PERMIT_SECONDS = 7_200;

/** The authority cannot be asked now. */
export class AuthorityUnavailableError extends Error {
  override readonly name = 'AuthorityUnavailableError';
  constructor(account: string, cause: unknown) {
    super(`what account ${account} may keep cannot be found out now; try again, or use another store`, {
      cause,
    });
  }
}

/** What somebody wants to store. */
export interface UploadRequest {
  readonly hash: string;
  /** Length of the whole blob in bytes; undefined where the sender does not say. */
  readonly size: number | undefined;
  /** Value of the Authorization header. */
  readonly authorization: string | undefined;
}

/** What a permit allows. */
export interface Permitted {
  readonly account: string;
  /** Bytes of the blob. */
  readonly size: number;
  /** Bytes that the account may keep in all. */
  readonly allowance: number;
}

/**
 * The account that allowed an upload to a store with these origins.
 * @throws UploadRefusedError with the reason `unsigned`, `permit` or `account`; AuthorityUnavailableError
 */
export async function accountOf(
  { hash, size, authorization }: UploadRequest,
  origins: ReadonlySet<string>,
  authority: UploadAuthority,
  nowMs: number,
): Promise<Permitted> {
  const refuse = (reason: 'unsigned' | 'permit' | 'account', detail: string) =>
    new UploadRefusedError(hash, 'this store', reason, detail);
  if (authorization === undefined) {
    throw refuse('unsigned', `uploads here are signed by an account (Authorization: ${PERMIT_SCHEME} ...)`);
  }
  const permit = decodePermit(authorization);
  if (permit === undefined) throw refuse('permit', 'the Authorization header is no upload permit');
  if (permit.hash !== hash) throw refuse('permit', `the permit is for blob ${permit.hash}`);
  if (size !== undefined && permit.size !== size) {
    throw refuse('permit', `the permit is for ${permit.size} bytes, not ${size}`);
  }
  if (!origins.has(permit.origin)) {
    const names = [...origins].join(', ');
    throw refuse('permit', `the permit is for the store at ${permit.origin}, this one is ${names}`);
  }
  const ahead = permit.expires - nowMs / 1_000;
  if (ahead <= 0) throw refuse('permit', 'the permit has expired; sign again, and check the clock');
  if (ahead > MAX_PERMIT_SECONDS) {
    throw refuse('permit', `the permit ends more than ${MAX_PERMIT_SECONDS} s ahead; check the clock`);
  }
  if (!(await authority.verify(termsBytes(permit), permit))) {
    throw refuse('permit', `the permit is not signed by ${permit.account}`);
  }
  const allowance = await authority.allowance(permit.account).catch((cause: unknown) => {
    throw new AuthorityUnavailableError(permit.account, cause);
  });
  if (allowance <= 0) {
    const advice = 'send coins to it, register its worker, or use another store';
    throw refuse('account', `account ${permit.account} may keep nothing here; ${advice}`);
  }
  return { account: permit.account, size: permit.size, allowance };
}
