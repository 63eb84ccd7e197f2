import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { paths, validatorPorts } from './layout.js';
import type { DevnetOptions } from './options.js';

/** An account that exists from the first block on; amount in udmc. */
export interface GenesisAccount {
  readonly address: string;
  readonly amount: bigint;
}

export const DEVNET_CHAIN_ID = 'dmcn-devnet-1';

/** What of a devnet's options decides its genesis. */
export type GenesisOptions = Pick<
  DevnetOptions,
  'home' | 'validators' | 'portOffset' | 'blockTime' | 'dmcnd'
>;

/** A home has a chain that was made for another devnet. */
export class OtherChainError extends Error {
  override readonly name = 'OtherChainError';
}

/** Writes the homes of all validators and one genesis, unless they exist. Throws OtherChainError for those of another shape. */
export async function initChain(options: GenesisOptions, accounts: readonly GenesisAccount[]): Promise<void> {
  if (existsSync(paths.node(options.home, 0))) return refuseOtherChain(options);
  mkdirSync(options.home, { recursive: true });
  const listed = accounts.map(({ address, amount }) => ({ address, coins: `${amount}udmc` }));
  writeFileSync(paths.accounts(options.home), JSON.stringify(listed, undefined, 2));
  const ports = validatorPorts(0, options.portOffset);
  const args = ['testnet', 'init'];
  const flags = {
    validators: options.validators,
    output: paths.chain(options.home),
    'chain-id': DEVNET_CHAIN_ID,
    accounts: paths.accounts(options.home),
    'block-time': options.blockTime,
    'rpc-port': ports.rpc,
    'p2p-port': ports.p2p,
    'grpc-port': ports.grpc,
    'rest-port': ports.rest,
    'port-stride': validatorPorts(1, 0).rpc - validatorPorts(0, 0).rpc,
  };
  for (const [flag, value] of Object.entries(flags)) args.push(`--${flag}`, String(value));
  args.push('--devnet-params');
  try {
    await promisify(execFile)(options.dmcnd, args, { maxBuffer: 16 * 1024 * 1024 });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new Error(`dmcnd could not write a genesis: ${stderr.trim().split('\n').at(-1) || message}`, {
      cause,
    });
  }
}

/** Ports and peers stand in the nodes' configurations, so a chain keeps the shape that it was made with. */
function refuseOtherChain({ home, validators, portOffset }: GenesisOptions): void {
  const config = readFileSync(join(paths.node(home, 0), 'config', 'config.toml'), 'utf8');
  const made = readdirSync(paths.chain(home)).filter((name) => /^node\d+$/.test(name)).length;
  const { rpc } = validatorPorts(0, portOffset);
  if (made === validators && config.includes(`:${rpc}"`)) return;
  throw new OtherChainError(
    `the chain in ${home} was made with ${made} validators or other ports; use the same options, or --fresh to forget it`,
  );
}
