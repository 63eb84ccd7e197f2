import { fromBase64, fromHex, fromUtf8, toBase64, toHex, toUtf8 } from '@cosmjs/encoding';
import { BaseAccount } from 'cosmjs-types/cosmos/auth/v1beta1/auth';
import { QueryAccountResponse } from 'cosmjs-types/cosmos/auth/v1beta1/query';
import { MsgSend } from 'cosmjs-types/cosmos/bank/v1beta1/tx';
import { AuthInfo, TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { FakeNode, FakeRpcError } from '../../testing/fake-node.js';
import { txHash } from '../tx/sign-tx.js';

/** What the chain answers to a transaction. */
export interface Verdict {
  readonly code: number;
  readonly codespace?: string;
  readonly log?: string;
  readonly gas_used?: string;
  readonly events?: readonly unknown[];
}

interface FakeBlock {
  readonly time: Date;
  readonly txs: readonly Uint8Array[];
  readonly results: readonly Verdict[];
}

const feeEvent = { type: 'tx', attributes: [{ key: 'fee', value: '1udmc' }] };
const passed: Verdict = { code: 0, gas_used: '70000', events: [feeEvent] };

/**
 * A chain of bank sends in memory with the rules that matter to a client: a mempool that dies with its node, expiries that
 * are used once, blocks that are made when told. Its nodes share it.
 */
export class FakeChain {
  readonly blocks: FakeBlock[] = [];
  /** Amounts of the sends that were executed, in order. */
  readonly executed: string[] = [];
  /** Decides about a transaction before it enters a mempool. */
  check: (body: TxBody) => Verdict = () => passed;
  /** Decides about a transaction in a block. */
  execute: (body: TxBody, gasLimit: bigint) => Verdict = () => passed;
  simulate: () => Verdict = () => passed;
  /** Added to the wall clock. */
  clockOffsetMs = 0;
  /** Last height that was pruned. */
  pruned = 0;
  readonly #nonces = new Set<string>();
  readonly #mempools = new Map<FakeNode, Map<string, Uint8Array>>();

  constructor(readonly chainId = 'fake-1') {
    this.produce();
  }

  get height(): number {
    return this.blocks.length;
  }

  /** A node of this chain that listens. */
  async node(): Promise<FakeNode> {
    const mempool = new Map<string, Uint8Array>();
    const node: FakeNode = new FakeNode({
      status: () => this.#status(),
      abci_info: () => ({ response: { last_block_height: String(this.height) } }),
      block: ({ height }) => this.#block(Number(height)),
      blockchain: ({ minHeight, maxHeight }) => this.#metas(Number(minHeight), Number(maxHeight)),
      block_results: ({ height }) => this.#results(Number(height)),
      abci_query: ({ path, data }) => ({ response: this.#query(String(path), fromHex(String(data))) }),
      broadcast_tx_sync: ({ tx }) => this.#broadcast(mempool, fromBase64(String(tx))),
      tx: ({ hash }) => this.#tx(fromBase64(String(hash))),
    });
    this.#mempools.set(node, mempool);
    return node.start();
  }

  /** A node loses what waited in its mempool, as one that was killed does. */
  forget(node: FakeNode): void {
    this.#mempools.get(node)?.clear();
  }

  /** Transactions that wait, over all nodes. */
  get waiting(): number {
    return [...this.#mempools.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Makes a block of everything that waits. */
  produce(): void {
    const time = new Date(Date.now() + this.clockOffsetMs);
    const txs = new Map([...this.#mempools.values()].flatMap((mempool) => [...mempool]));
    for (const mempool of this.#mempools.values()) mempool.clear();
    const included = [...txs.values()].filter((tx) => !isExpired(bodyOf(tx), time));
    this.blocks.push({ time, txs: included, results: included.map((tx) => this.#run(tx)) });
    for (const node of this.#mempools.keys()) node.announce();
  }

  /** Makes blocks from now on. Returns how to end that. */
  run(everyMs: number): () => void {
    const timer = setInterval(() => this.produce(), everyMs);
    return () => clearInterval(timer);
  }

  #run(tx: Uint8Array): Verdict {
    const body = bodyOf(tx);
    const nonce = nonceOf(body);
    if (this.#nonces.has(nonce)) return { code: 18, codespace: 'sdk', log: 'failed to add unordered nonce' };
    const verdict = this.execute(body, gasLimitOf(tx));
    if (verdict.code === 0 || (verdict.events ?? []).length > 0) this.#nonces.add(nonce);
    if (verdict.code === 0) this.executed.push(amountOf(body));
    return verdict;
  }

  #broadcast(mempool: Map<string, Uint8Array>, tx: Uint8Array): unknown {
    const hash = txHash(tx);
    if (mempool.has(hash)) throw new FakeRpcError('tx already exists in cache');
    const body = bodyOf(tx);
    if (this.#nonces.has(nonceOf(body))) {
      return { code: 18, codespace: 'sdk', log: 'failed to add unordered nonce: already used', hash };
    }
    if (isExpired(body, this.#last.time)) {
      return {
        code: 18,
        codespace: 'sdk',
        log: 'unordered transaction has a timeout_timestamp that has passed',
        hash,
      };
    }
    const verdict = this.check(body);
    if (verdict.code === 0) mempool.set(hash, tx);
    return { ...verdict, hash };
  }

  #query(path: string, data: Uint8Array): unknown {
    if (path === '/app/simulate') {
      const { code, codespace, log, gas_used } = this.simulate();
      return { code, codespace, log, value: toBase64(toUtf8(JSON.stringify({ gas_info: { gas_used } }))) };
    }
    if (path === '/cosmos.auth.v1beta1.Query/Account') return { code: 0, value: toBase64(account) };
    return { code: 6, codespace: 'sdk', log: `unknown query path ${path} ${fromUtf8(data, true)}` };
  }

  #status(): unknown {
    return {
      node_info: { network: this.chainId },
      sync_info: {
        latest_block_height: String(this.height),
        latest_block_time: this.#last.time.toISOString(),
        earliest_block_height: String(this.pruned + 1),
        catching_up: false,
      },
    };
  }

  #block(height: number): unknown {
    const { txs } = this.#at(height);
    const { block_id, header } = this.#header(height);
    return { block_id, block: { header, data: { txs: txs.map((tx) => toBase64(tx)) } } };
  }

  /** As a node does: newest first, without what it does not have. */
  #metas(from: number, to: number): unknown {
    const [first, last] = [Math.max(from, this.pruned + 1), Math.min(to, this.height)];
    if (first > last) throw new FakeRpcError(`min height ${first} can't be greater than max height ${last}`);
    const heights = Array.from({ length: last - first + 1 }, (_, i) => last - i);
    const block_metas = heights.map((height) => ({
      ...this.#header(height),
      num_txs: String(this.#at(height).txs.length),
    }));
    return { last_height: String(this.height), block_metas };
  }

  #header(height: number) {
    return {
      block_id: { hash: `B${height}` },
      header: {
        chain_id: this.chainId,
        height: String(height),
        time: this.#at(height).time.toISOString(),
        last_block_id: { hash: `B${height - 1}` },
        app_hash: 'AA',
        proposer_address: 'BB',
      },
    };
  }

  #results(height: number): unknown {
    return { height: String(height), txs_results: this.#at(height).results, finalize_block_events: null };
  }

  #tx(hash: Uint8Array): unknown {
    const wanted = toHex(hash).toUpperCase();
    for (const [position, { txs, results }] of this.blocks.entries()) {
      const index = txs.findIndex((tx) => txHash(tx) === wanted);
      const tx = txs[index];
      if (tx) return { height: String(position + 1), index, tx: toBase64(tx), tx_result: results[index] };
    }
    throw new FakeRpcError(`tx (${wanted}) not found`);
  }

  #at(height: number): FakeBlock {
    const block = this.blocks[height - 1];
    if (height <= this.pruned) {
      throw new FakeRpcError(`height ${height} is not available, lowest height is ${this.pruned + 1}`);
    }
    if (!block)
      throw new FakeRpcError(`height ${height} must be less than or equal to the current blockchain height`);
    return block;
  }

  get #last(): FakeBlock {
    return this.#at(this.height);
  }
}

const account = QueryAccountResponse.encode({
  account: {
    typeUrl: '/cosmos.auth.v1beta1.BaseAccount',
    value: BaseAccount.encode(BaseAccount.fromPartial({ accountNumber: 7n })).finish(),
  },
}).finish();

const bodyOf = (tx: Uint8Array): TxBody => TxBody.decode(TxRaw.decode(tx).bodyBytes);

const gasLimitOf = (tx: Uint8Array): bigint =>
  AuthInfo.decode(TxRaw.decode(tx).authInfoBytes).fee?.gasLimit ?? 0n;

const nonceOf = ({ timeoutTimestamp }: TxBody): string =>
  `${timeoutTimestamp?.seconds}.${timeoutTimestamp?.nanos}`;

const isExpired = ({ timeoutTimestamp }: TxBody, time: Date): boolean =>
  Number(timeoutTimestamp?.seconds ?? 0n) * 1000 + (timeoutTimestamp?.nanos ?? 0) / 1e6 < time.getTime();

const amountOf = ({ messages }: TxBody): string =>
  messages.map(({ value }) => MsgSend.decode(value).amount[0]?.amount ?? '').join('+');
