import type { ChainHash } from '../types/primitives.js';
import { BaseError } from './base.js';

/** What a chain said when it refused a transaction. */
export interface Rejection {
  readonly codespace: string;
  readonly code: number;
  readonly log: string;
  /** Name of the rule, the same for every adapter; `Unknown` for codes that the adapter's table does not have. */
  readonly reason: string;
  readonly retryable?: boolean;
  readonly hash?: ChainHash;
  /** Height at which it was executed and failed; absent where it was refused before it reached a block. */
  readonly height?: number;
}

/** The chain refused a transaction. Nothing of it happened, except that one in a block paid its fee. */
export class ChainRejectedError extends BaseError {
  readonly codespace: string;
  readonly code: number;
  readonly log: string;
  readonly reason: string;
  readonly hash: ChainHash | undefined;
  readonly height: number | undefined;

  constructor({ codespace, code, log, reason, retryable, hash, height }: Rejection) {
    super(`the chain refused it (${reason}, ${codespace} ${code}): ${log}`, {
      retryable: retryable ?? false,
    });
    this.codespace = codespace;
    this.code = code;
    this.log = log;
    this.reason = reason;
    this.hash = hash;
    this.height = height;
  }
}
