import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `config.json` of a home: where the network is and which key to use. */
export interface HomeConfig {
  readonly chainId?: string;
  readonly node?: readonly string[];
  readonly graphql?: readonly string[];
  readonly blobs?: readonly string[];
  readonly faucet?: string;
  /** Name of the key that signs unless --from says otherwise. */
  readonly from?: string;
  /** Keys of a devnet are kept without a password. */
  readonly devnet?: boolean;
}

const file = (home: string) => join(home, 'config.json');

/** The configuration of a home, empty where there is none. */
export function readHome(home: string): HomeConfig {
  try {
    return JSON.parse(readFileSync(file(home), 'utf8')) as HomeConfig;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file(home)} cannot be read; mend or remove it`, { cause });
  }
}

export function writeHome(home: string, config: HomeConfig): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(file(home), `${JSON.stringify(config, undefined, 2)}\n`);
}
