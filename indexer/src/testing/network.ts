import type {
  Audit,
  Batch,
  Block,
  ChainEvent,
  Dispute,
  EventData,
  EventType,
  Job,
  Lapse,
  Module,
  Proposal,
  Referee,
  Slash,
  Validator,
  Worker,
  WorkerParams,
} from '@dmcn/chain-client';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type NetworkWorker = Mutable<Worker> & { reputation: number };
export type NetworkJob = Mutable<Job>;
export type NetworkBatch = Mutable<Batch>;
export type NetworkDispute = Mutable<Dispute>;

export interface NetworkVote {
  readonly validator: string;
  readonly power: bigint;
  revealed: boolean;
  earned: bigint;
}

/** 32 bytes that differ by purpose and numbers. */
export const bytes32 = (...parts: readonly (string | number | bigint)[]): Uint8Array => {
  const bytes = new Uint8Array(32);
  for (const [i, char] of [...parts.join('/')].entries()) {
    bytes[i % 32] = ((bytes[i % 32] ?? 0) * 31 + char.charCodeAt(0)) % 256;
  }
  return bytes;
};

const hashOf = (chainId: string, height: number): string =>
  Buffer.from(bytes32(chainId, height)).toString('hex').toUpperCase();

/**
 * A chain in memory as far as events tell of it: what it holds is what a real one would answer to queries, and its
 * blocks carry the events that lead there.
 */
export class Network {
  readonly blocks: Block[] = [];
  readonly workers = new Map<string, NetworkWorker>();
  readonly modules = new Map<string, Module>();
  readonly removedModules = new Set<string>();
  readonly jobs = new Map<bigint, NetworkJob>();
  readonly batches = new Map<string, NetworkBatch>();
  /** Undefined until governance changed them. */
  workerParams: WorkerParams | undefined;
  readonly slashes = new Map<bigint, { readonly slash: Slash; ended: boolean }>();
  readonly withheld = new Map<string, Batch>();
  readonly audits = new Map<string, Audit>();
  /** The block since which the escrow account pays nothing, 0 while it pays. */
  pausedHeight = 0;
  readonly lapses = new Map<bigint, { readonly lapse: Lapse; released: boolean }>();
  readonly disputes = new Map<
    bigint,
    { readonly dispute: NetworkDispute; readonly votes: Map<string, NetworkVote> }
  >();
  readonly referees = new Map<string, Referee>();
  /** Undefined until the chain told what there was at its beginning. */
  supply: { total: bigint; minted: bigint; burned: bigint } | undefined;
  readonly validators = new Map<string, Validator>();
  readonly proposals = new Map<
    bigint,
    { proposal: Proposal; ended: 'dropped' | 'cancelled' | undefined; readonly voters: Set<string> }
  >();
  readonly chainId: string;
  #events: ChainEvent[] = [];

  constructor(chainId = 'dmcn-test-1') {
    this.chainId = chainId;
  }

  /** Height of the block that is being made. */
  get height(): number {
    return this.blocks.length + 1;
  }

  emit<T extends EventType>(type: T, data: EventData[T]): void {
    this.#events.push({ type, data: structuredClone(data) } as ChainEvent);
  }

  /** Ends the block at hand and starts the next one. */
  endBlock(): Block {
    const { height, chainId } = this;
    const block: Block = {
      chainId,
      height,
      hash: hashOf(chainId, height),
      parentHash: height === 1 ? '' : hashOf(chainId, height - 1),
      appHash: hashOf(`${chainId}/app`, height),
      time: new Date(1_700_000_000_000 + height * 1_000),
      proposer: 'ab'.repeat(20),
      txs: [],
      events: this.#events.map((event, eventIndex) => ({ ...event, height, txIndex: null, eventIndex })),
      unknownEvents: 0,
    };
    this.#events = [];
    this.blocks.push(block);
    return block;
  }
}
