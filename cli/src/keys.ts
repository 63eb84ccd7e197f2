import { join } from 'node:path';
import { UnknownKeyError, type Wallet } from '@dmcn/chain-client';
import { Keystore } from '@dmcn/chain-client/node';
import type { Context } from './context.js';
import { isDevnet } from './devnet/chain-id.js';

/** The keys of a home for a chain: plain ones on a devnet, else encrypted. */
export async function keystoreFor({ home, config, keystore }: Context, chainId: string): Promise<Keystore> {
  const plain = config.devnet ?? isDevnet(chainId);
  return plain ? new Keystore(join(home, 'keys'), 'plain') : keystore();
}

/** The wallet of a name, and whether it was made just now. */
export async function loadOrCreate(keystore: Keystore, name: string): Promise<[Wallet, boolean]> {
  try {
    return [await keystore.load(name), false];
  } catch (error) {
    if (!(error instanceof UnknownKeyError)) throw error;
    return [await keystore.create(name), true];
  }
}
