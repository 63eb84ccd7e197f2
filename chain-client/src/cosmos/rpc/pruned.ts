import { RpcError } from './errors.js';

/** True where the node says that it has dropped a block. */
export const isPruned = (error: unknown): boolean =>
  error instanceof RpcError && /is not available, lowest height/.test(error.message);
