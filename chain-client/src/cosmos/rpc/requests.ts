import { toBase64, toHex } from '@cosmjs/encoding';
import type { ChainStatus } from '../../types/status.js';
import { RpcError } from './errors.js';
import type { RpcRequest } from './rpc-client.js';
import {
  at,
  bigintAt,
  bytesAt,
  bytesOf,
  integerAt,
  listAt,
  requiredTextAt,
  ShapeError,
  textAt,
  timeAt,
} from './shape.js';

/** An event as CometBFT gives it. */
export interface RawEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
}

/** The outcome of a transaction as CometBFT gives it. */
export interface RawTxResult {
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly gasUsed: bigint;
  readonly events: readonly RawEvent[];
}

export interface RawHeader {
  readonly chainId: string;
  readonly height: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly time: Date;
  readonly appHash: string;
  readonly proposer: string;
}

export interface RawBlock extends RawHeader {
  readonly txs: readonly Uint8Array[];
}

/** A header with the number of transactions of its block. */
export interface RawBlockMeta {
  readonly header: RawHeader;
  readonly txCount: number;
}

export interface RawBlockResults {
  readonly txs: readonly RawTxResult[];
  /** Of the block itself. */
  readonly events: readonly RawEvent[];
}

/** The outcome of a transaction that was found by its hash. */
export interface RawTx {
  readonly height: number;
  readonly index: number;
  readonly tx: Uint8Array;
  readonly result: RawTxResult;
}

/** A node without this block may have a neighbour with it. */
const blockElsewhere = ({ data }: RpcError): boolean => /height|could not find/.test(data);

export const statusRequest: RpcRequest<ChainStatus> = {
  method: 'status',
  parse: (result, endpoint) => ({
    chainId: requiredTextAt(result, 'node_info', 'network'),
    height: integerAt(result, 'sync_info', 'latest_block_height'),
    time: timeAt(result, 'sync_info', 'latest_block_time'),
    earliestHeight: integerAt(result, 'sync_info', 'earliest_block_height'),
    catchingUp: at(result, 'sync_info', 'catching_up') === true,
    endpoint,
  }),
};

/** The newest height whose state is committed. */
export const committedHeightRequest: RpcRequest<number> = {
  method: 'abci_info',
  parse: (result) => integerAt(result, 'response', 'last_block_height'),
};

export const blockRequest = (height: number): RpcRequest<RawBlock> => ({
  method: 'block',
  params: { height: String(height) },
  elsewhere: blockElsewhere,
  parse: (result) => {
    const header = parseHeader(at(result, 'block', 'header'), at(result, 'block_id'));
    if (header.height !== height) throw new ShapeError(['block', 'header', 'height'], String(height));
    return {
      ...header,
      txs: listAt(result, 'block', 'data', 'txs').map((tx) => bytesOf(tx, ['block', 'data', 'txs'])),
    };
  },
});

/** Headers of heights that follow each other, at most 20; those that the node does not have are left out. */
export const blockMetasRequest = (
  from: number,
  to: number,
): RpcRequest<ReadonlyMap<number, RawBlockMeta>> => ({
  method: 'blockchain',
  params: { minHeight: String(from), maxHeight: String(to) },
  parse: (result) => {
    const metas = listAt(result, 'block_metas').filter((meta) => meta !== null);
    return new Map(metas.map(parseBlockMeta).map((meta) => [meta.header.height, meta]));
  },
});

export const blockResultsRequest = (height: number): RpcRequest<RawBlockResults> => ({
  method: 'block_results',
  params: { height: String(height) },
  elsewhere: blockElsewhere,
  parse: (result) => {
    if (integerAt(result, 'height') !== height) throw new ShapeError(['height'], String(height));
    return {
      txs: listAt(result, 'txs_results').map(parseTxResult),
      events: listAt(result, 'finalize_block_events').map(parseEvent),
    };
  },
});

export interface RawQueryResponse {
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly value: Uint8Array;
}

/** True for what a node says that has no state of a height: another one may have it. */
export const hasNoState = ({ data }: Pick<RpcError, 'data'>): boolean =>
  /height in the future|failed to load state at height|version (does not exist|mismatch)/.test(data);

/** A question about the state of the newest block, or of one that is named. */
export const abciQueryRequest = (
  path: string,
  data: Uint8Array,
  height?: number,
): RpcRequest<RawQueryResponse> => ({
  method: 'abci_query',
  params: { path, data: toHex(data), prove: false, ...(height !== undefined && { height: String(height) }) },
  parse: (result) => {
    const response = at(result, 'response');
    if (typeof response !== 'object') throw new ShapeError(['response'], 'present');
    const code = integerAt(response, 'code');
    const log = textAt(response, 'log');
    if (code !== 0 && height !== undefined && hasNoState({ data: log }))
      throw new RpcError('abci_query', code, log, log);
    return { code, codespace: textAt(response, 'codespace'), log, value: bytesAt(response, 'value') };
  },
  elsewhere: hasNoState,
});

export interface RawBroadcast {
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
}

export const broadcastRequest = (tx: Uint8Array): RpcRequest<RawBroadcast> => ({
  method: 'broadcast_tx_sync',
  params: { tx: toBase64(tx) },
  parse: (result) => {
    requiredTextAt(result, 'hash');
    return {
      code: integerAt(result, 'code'),
      codespace: textAt(result, 'codespace'),
      log: textAt(result, 'log'),
    };
  },
});

export const txRequest = (hash: Uint8Array): RpcRequest<RawTx> => ({
  method: 'tx',
  params: { hash: toBase64(hash), prove: false },
  elsewhere: ({ data }) => /not found/.test(data),
  parse: parseTx,
});

/** Transactions with all these event attributes, newest first, from the endpoint's index. */
export const txSearchRequest = (query: string): RpcRequest<readonly RawTx[]> => ({
  method: 'tx_search',
  params: { query, prove: false, page: '1', per_page: '30', order_by: 'desc' },
  parse: (result) => listAt(result, 'txs').map(parseTx),
});

const parseBlockMeta = (meta: unknown): RawBlockMeta => ({
  header: parseHeader(at(meta, 'header'), at(meta, 'block_id')),
  txCount: integerAt(meta, 'num_txs'),
});

function parseHeader(header: unknown, blockId: unknown): RawHeader {
  return {
    chainId: requiredTextAt(header, 'chain_id'),
    height: integerAt(header, 'height'),
    hash: requiredTextAt(blockId, 'hash'),
    parentHash: textAt(header, 'last_block_id', 'hash'),
    time: timeAt(header, 'time'),
    appHash: textAt(header, 'app_hash'),
    proposer: textAt(header, 'proposer_address'),
  };
}

function parseTx(result: unknown): RawTx {
  return {
    height: integerAt(result, 'height'),
    index: integerAt(result, 'index'),
    tx: bytesAt(result, 'tx'),
    result: parseTxResult(at(result, 'tx_result')),
  };
}

function parseTxResult(result: unknown): RawTxResult {
  return {
    code: integerAt(result, 'code'),
    codespace: textAt(result, 'codespace'),
    log: textAt(result, 'log'),
    gasUsed: bigintAt(result, 'gas_used'),
    events: listAt(result, 'events').map(parseEvent),
  };
}

/** Events are many: what is as it should be is taken as it is. */
function parseEvent(event: unknown): RawEvent {
  return isEvent(event) ? event : normalEvent(event);
}

const isEvent = (event: unknown): event is RawEvent => {
  const { type, attributes } = (event ?? {}) as Partial<RawEvent>;
  return (
    typeof type === 'string' && type !== '' && Array.isArray(attributes) && attributes.every(isAttribute)
  );
};

const isAttribute = (attribute: unknown): boolean => {
  const { key, value } = (attribute ?? {}) as Partial<RawEvent['attributes'][number]>;
  return typeof key === 'string' && typeof value === 'string';
};

const normalEvent = (event: unknown): RawEvent => ({
  type: requiredTextAt(event, 'type'),
  attributes: listAt(event, 'attributes').map((attribute) => ({
    key: textAt(attribute, 'key'),
    value: textAt(attribute, 'value'),
  })),
});
