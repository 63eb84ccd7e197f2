import { type GasPrice, parseGasPrice } from './tx/gas.js';

/** How to reach a chain. */
export interface CosmosOptions {
  /** Base URLs of CometBFT RPC servers of one chain, preferred ones first. */
  readonly endpoints: readonly string[];
  /** Refuses endpoints of another chain. Without it the first endpoint that answers decides. */
  readonly chainId?: string;
  /** `0.001udmc` unless given. */
  readonly gasPrice?: string;
  /** For one request to one endpoint, 10 s unless given. */
  readonly requestTimeoutMs?: number;
  /** How long a read goes round the endpoints before it fails, 5 s unless given. */
  readonly retryForMs?: number;
  /** How often to look for a new block while somebody waits for one, every 500 ms unless given. */
  readonly pollMs?: number;
  /** Whether to be woken by a websocket too; yes unless given. */
  readonly websocket?: boolean;
  /** After how long without a new block to ask another endpoint, which may be ahead, 10 s unless given. */
  readonly stillMs?: number;
  /** How long a signed transaction stays good, 60 s unless given. */
  readonly lifetimeMs?: number;
  /** Transactions of one signer that wait for a block at once, 256 unless given. More queue up. */
  readonly inFlight?: number;
}

/** The options with everything decided. */
export interface CompiledOptions extends Required<Omit<CosmosOptions, 'chainId' | 'gasPrice'>> {
  readonly chainId: string | undefined;
  readonly gasPrice: GasPrice;
}

/** Fills in defaults. Throws `RangeError` for what cannot work. */
export function compileOptions(options: CosmosOptions): CompiledOptions {
  if (options.endpoints.length === 0) throw new RangeError('endpoints is empty: name at least one node');
  const badEndpoint = options.endpoints.find((url) => !/^https?:\/\//.test(url));
  if (badEndpoint !== undefined) throw new RangeError(`endpoint ${badEndpoint} is no http or https URL`);
  return {
    requestTimeoutMs: 10_000,
    retryForMs: 5_000,
    pollMs: 500,
    websocket: true,
    stillMs: 10_000,
    lifetimeMs: 60_000,
    inFlight: 256,
    ...options,
    chainId: options.chainId,
    gasPrice: parseGasPrice(options.gasPrice ?? '0.001udmc'),
  };
}
