import type { HeadWatcher } from './head-watcher.js';
import type { RpcClient } from './rpc/rpc-client.js';

/** What every action of the adapter works with. */
export interface CosmosContext {
  readonly chainId: string;
  readonly rpc: RpcClient;
  readonly head: HeadWatcher;
  /** The block whose state is read, the newest one unless given. */
  readonly height?: number;
}
