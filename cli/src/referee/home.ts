import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, type Context, openAccount } from '../context.js';
import { isDevnet } from '../devnet/chain-id.js';
import { writeHome } from '../home.js';
import { keystoreFor, loadOrCreate } from '../keys.js';
import { statusFile } from '../status-file.js';

/** Name of a referee's key unless somebody chose another one. */
export const REFEREE_KEY = 'referee';

/** The key of a referee and where it writes what it is doing. */
export interface RefereeHome {
  readonly account: Account;
  /** Replaces `referee.json`, if there is room on the disk. */
  writeStatus(status: object): void;
}

/** Opens a referee's home; what it lacks is made. Its key is --from or `referee`. */
export async function openRefereeHome(context: Context, chainId: string): Promise<RefereeHome> {
  const { home, config } = context;
  const from = context.from ?? REFEREE_KEY;
  const [wallet, isNew] = await loadOrCreate(await keystoreFor(context, chainId), from);
  if (isNew)
    context.out.progress(
      `made the referee's key in ${join(home, 'keys')}; keep a copy: dmcn key export ${from} --home ${home}`,
    );
  if (config.chainId === undefined) {
    const devnet = config.devnet ?? isDevnet(chainId);
    writeHome(home, { ...config, chainId, node: context.nodes, from, devnet });
  }
  mkdirSync(home, { recursive: true });
  return { account: await openAccount(from, wallet), writeStatus: statusFile(join(home, 'referee.json')) };
}
