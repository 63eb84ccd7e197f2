import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BlobStore, createHttpBlobStore, RestingLocators } from '@dmcn/blob-store';
import type { ChainClient, Signer, Wallet } from '@dmcn/chain-client';
import { connectCosmos } from '@dmcn/chain-client/cosmos';
import { Keystore } from '@dmcn/chain-client/node';
import { deriveEncryptionKeyPair, type EncryptionKeyPair } from '@dmcn/protocol';
import { uploadSigner } from './blobs/signer.js';
import { encryptionSeed } from './encryption-seed.js';
import { describe, UsageError } from './errors.js';
import { type HomeConfig, readHome } from './home.js';
import { createOutput, type Output } from './output.js';
import { askPassword } from './password.js';
import type { EndSignals } from './signals.js';

/** Options that every verb has. */
export interface GlobalOptions {
  readonly home?: string;
  readonly node?: readonly string[];
  readonly graphql?: readonly string[];
  readonly from?: string;
  readonly json?: boolean;
}

/** An account of this home with everything that it signs and decrypts with. */
export interface Account {
  readonly name: string;
  readonly wallet: Wallet;
  readonly signer: Signer;
  readonly encryption: EncryptionKeyPair;
}

/** What a verb works with: compiled once from flags, environment and the home's configuration. */
export interface Context {
  /** Absolute path. */
  readonly home: string;
  readonly config: HomeConfig;
  readonly json: boolean;
  readonly out: Output;
  /** Aborts when the user wants the command to end. */
  readonly signal: AbortSignal;
  /** Aborts when the user wants it to end at once; the process is gone half a second later. */
  readonly force: AbortSignal;
  readonly nodes: readonly string[];
  /** Whether somebody named the nodes, so that they are no guess. */
  readonly isNodeNamed: boolean;
  readonly graphql: readonly string[];
  /** Whether somebody named the GraphQL servers, so that they are no guess. */
  readonly isGraphqlNamed: boolean;
  /** GraphQL servers to read through: none where the nodes are somebody's and the servers would be a guess. */
  readonly indexes: readonly string[];
  /** Name of the key that was chosen, or that the home has as its default. */
  readonly from: string | undefined;
  keystore(): Promise<Keystore>;
  /** The account named, or --from, or the home's default. */
  account(name?: string): Promise<Account>;
  /** The client of the chain, made once. */
  chain(): Promise<ChainClient>;
  /** A store to read from: uploads to it are not signed. */
  blobsAt(locators: readonly string[]): BlobStore;
  /** Stores to write to, with uploads signed by an account. */
  blobsFor(signer: Signer): (locators: readonly string[]) => BlobStore;
}

const DEFAULT_NODE = 'http://127.0.0.1:26657';
const DEFAULT_GRAPHQL = 'http://127.0.0.1:4000/graphql';

export function createContext(
  options: GlobalOptions,
  env: Readonly<Record<string, string | undefined>>,
  { end: signal, force }: EndSignals,
): Context {
  const home = resolve(options.home ?? env.DMCN_HOME ?? join(homedir(), '.dmcn'));
  const config = readHome(home);
  const named = options.node ?? listed(env.DMCN_NODE) ?? config.node;
  const nodes = named ?? [DEFAULT_NODE];
  const namedGraphql = options.graphql ?? listed(env.DMCN_GRAPHQL) ?? config.graphql;
  const graphql = namedGraphql ?? [DEFAULT_GRAPHQL];
  const from = options.from ?? env.DMCN_FROM ?? config.from;
  const keystore = once(async () => {
    const protection = config.devnet ? 'plain' : { password: await askPassword(env) };
    return new Keystore(join(home, 'keys'), protection);
  });
  const chain = once(() =>
    connectCosmos({ endpoints: nodes, ...(config.chainId && { chainId: config.chainId }) }),
  );
  const out = createOutput(options.json ?? false);
  const resting = new RestingLocators();
  const onCopyFailed = tellSeldom((locator, error) =>
    out.progress(`${locator} has no copy of some blobs: ${describe(error)}`),
  );
  return {
    home,
    config,
    json: options.json ?? false,
    out,
    signal,
    force,
    nodes,
    isNodeNamed: named !== undefined,
    graphql,
    isGraphqlNamed: namedGraphql !== undefined,
    indexes: namedGraphql === undefined && named !== undefined ? [] : graphql,
    from,
    keystore,
    chain,
    blobsAt: (locators) => createHttpBlobStore({ locators, resting }),
    blobsFor: (signer) => (locators) =>
      createHttpBlobStore({ locators, resting, onCopyFailed, signer: uploadSigner(signer) }),
    async account(name = from) {
      if (name === undefined) {
        throw new UsageError(
          'no key is chosen; make one with "dmcn key add NAME" and name it with --from NAME',
        );
      }
      return openAccount(name, await (await keystore()).load(name));
    },
  };
}

/** Everything that a wallet's first account signs and decrypts with. */
export async function openAccount(name: string, wallet: Wallet): Promise<Account> {
  const [signer, encryption] = await Promise.all([
    wallet.signer(),
    deriveEncryptionKeyPair(encryptionSeed(wallet)),
  ]);
  return { name, wallet, signer, encryption };
}

function listed(text: string | undefined): readonly string[] | undefined {
  const parts = text?.split(',').filter((part) => part !== '');
  return parts && parts.length > 0 ? parts : undefined;
}

/** Makes something on first use, and again only where that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

const SELDOM_MS = 600_000;

/** Tells of a locator's failures now and then, not of each. */
function tellSeldom(tell: (locator: string, error: unknown) => void): typeof tell {
  const told = new Map<string, number>();
  return (locator, error) => {
    if (Date.now() - (told.get(locator) ?? Number.NEGATIVE_INFINITY) < SELDOM_MS) return;
    told.set(locator, Date.now());
    tell(locator, error);
  };
}
