import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnknownKeyError } from '@dmcn/chain-client';
import { Keystore } from '@dmcn/chain-client/node';
import { type DevnetState, type GenesisAccount, OPERATOR_KEY, paths } from '@dmcn/devnet';
import { writeHome } from '../home.js';
import { REFEREE_KEY } from '../referee/home.js';

const REQUESTER = 'requester';
const FAUCET = 'faucet';
const REQUESTER_FUNDS = 1_000_000_000_000n;
const FAUCET_FUNDS = 100_000_000_000_000n;

/** The accounts that a devnet's genesis funds: the home's requester and the faucet. Their keys are made on first use. */
export async function devnetAccounts(home: string): Promise<GenesisAccount[]> {
  return [
    { address: await addressOf(home, REQUESTER), amount: REQUESTER_FUNDS },
    { address: await addressOf(paths.faucet(home), FAUCET), amount: FAUCET_FUNDS },
  ];
}

/** Makes the homes of a devnet's referees, each with the key of its validator's operator. */
export async function devnetReferees(home: string, validators: number): Promise<void> {
  for (let i = 0; i < validators; i += 1) {
    const at = paths.referee(home, i);
    const keystore = new Keystore(join(at, 'keys'), 'plain');
    if ((await keystore.list()).some(({ name }) => name === OPERATOR_KEY)) continue;
    const file = join(paths.node(home, i), 'validator.json');
    const { mnemonic } = JSON.parse(readFileSync(file, 'utf8')) as { readonly mnemonic: string };
    await keystore.import(OPERATOR_KEY, mnemonic);
    writeHome(at, { from: REFEREE_KEY, devnet: true });
  }
}

/** The addresses that verbs other than those of the devnet itself need. */
export type DevnetAddresses = Pick<DevnetState, 'chainId' | 'rpc' | 'graphql' | 'blobs' | 'faucet'>;

/** Lets every other verb talk to the devnet of this home. */
export function writeDevnetHome(home: string, devnet: DevnetAddresses): void {
  const { chainId, rpc, graphql, blobs, faucet } = devnet;
  writeHome(home, { chainId, node: rpc, graphql, blobs, faucet, from: REQUESTER, devnet: true });
}

async function addressOf(home: string, name: string): Promise<string> {
  const keystore = new Keystore(join(home, 'keys'), 'plain');
  const wallet = await keystore.load(name).catch((error: unknown) => {
    if (error instanceof UnknownKeyError) return keystore.create(name);
    throw error;
  });
  if (name === FAUCET) writeHome(home, { from: name, devnet: true });
  return (await wallet.signer()).address;
}
