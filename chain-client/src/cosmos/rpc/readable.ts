import { BadResponseError } from '../../errors/index.js';
import type { RpcClient } from './rpc-client.js';

/** The result of reading an answer. Throws `BadResponseError` where it makes no sense. */
export function readable<T>({ preferred }: RpcClient, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new BadResponseError(
      preferred,
      `${what}: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    );
  }
}
