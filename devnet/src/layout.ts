import { join } from 'node:path';

/** Ports of a part that exists several times are this far apart. */
const STRIDE = 10;

/** Ports of one validator, all on the loopback address. */
export interface ValidatorPorts {
  readonly rpc: number;
  readonly p2p: number;
  readonly grpc: number;
  readonly rest: number;
}

/** The ports of validator `index`, from 0. */
export function validatorPorts(index: number, offset: number): ValidatorPorts {
  const shift = offset + index * STRIDE;
  return { rpc: 26_657 + shift, p2p: 26_656 + shift, grpc: 9_090 + shift, rest: 1_317 + shift };
}

export const graphqlPort = (index: number, offset: number): number => 4_000 + offset + index * STRIDE;
export const blobsPort = (offset: number): number => 4_001 + offset;
export const faucetPort = (offset: number): number => 4_002 + offset;

export const local = (port: number): string => `http://127.0.0.1:${port}`;

/** Where things lie in a devnet's home. */
export const paths = {
  state: (home: string) => join(home, 'devnet.json'),
  logs: (home: string) => join(home, 'logs'),
  chain: (home: string) => join(home, 'chain'),
  node: (home: string, index: number) => join(home, 'chain', `node${index}`),
  accounts: (home: string) => join(home, 'genesis-accounts.json'),
  blobs: (home: string) => join(home, 'blobs'),
  database: (home: string, index: number) => join(home, `indexer${index}.db`),
  worker: (home: string, index: number) => join(home, 'workers', `worker${index}`),
  cheater: (home: string, name: string) => join(home, 'cheaters', name),
  referee: (home: string, index: number) => join(home, 'referees', `referee${index}`),
  faucet: (home: string) => join(home, 'faucet'),
};
