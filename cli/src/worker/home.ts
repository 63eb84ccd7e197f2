import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PauseNote } from '@dmcn/worker';
import { type Account, type Context, openAccount } from '../context.js';
import { isDevnet } from '../devnet/chain-id.js';
import { writeHome } from '../home.js';
import { keystoreFor, loadOrCreate } from '../keys.js';
import { statusFile } from '../status-file.js';
import { pauseNoteIn } from './at-home.js';

/** The keys of a worker and where it writes what it is doing. */
export interface WorkerHome {
  readonly owner: Account;
  readonly operator: Account;
  /** Replaces `worker.json`, if there is room on the disk. */
  writeStatus(status: object): void;
  readonly pauseNote: PauseNote;
}

/** Opens a worker's home; what it lacks is made. The owner's key is --from or `worker`, the operator's beside it. */
export async function openWorkerHome(context: Context, chainId: string): Promise<WorkerHome> {
  const { home, config } = context;
  const devnet = config.devnet ?? isDevnet(chainId);
  const from = context.from ?? 'worker';
  const keystore = await keystoreFor(context, chainId);
  const [owner, isNew] = await loadOrCreate(keystore, from);
  const [operator] = await loadOrCreate(keystore, `${from}-operator`);
  if (isNew) {
    const advice = `keep a copy: dmcn key export ${from} --home ${home}`;
    context.out.progress(`made the worker's keys in ${join(home, 'keys')}; ${advice}`);
  }
  if (config.chainId === undefined)
    writeHome(home, {
      ...{ ...config, chainId, node: context.nodes, from, devnet },
      ...(context.isGraphqlNamed && { graphql: context.graphql }),
    });
  mkdirSync(home, { recursive: true });
  return {
    owner: await openAccount(from, owner),
    operator: await openAccount(`${from}-operator`, operator),
    pauseNote: pauseNoteIn(home),
    writeStatus: statusFile(join(home, 'worker.json')),
  };
}
