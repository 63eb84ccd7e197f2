import {
  BatchPrunedError,
  ChainRejectedError,
  NotFoundError,
  StateUnavailableError,
} from '../errors/index.js';
import type { Page, PageRequest } from '../types/page.js';
import type { CosmosContext } from './context.js';
import type {
  PageResponse,
  PageRequest as WirePageRequest,
} from './gen/cosmos/base/query/v1beta1/pagination.js';
import { RpcError } from './rpc/errors.js';
import { readable } from './rpc/readable.js';
import { abciQueryRequest, hasNoState } from './rpc/requests.js';
import { reasonOf, rejectionReason } from './tx/rejections.js';

interface Encoder<T> {
  encode(message: T): { finish(): Uint8Array };
}

interface Decoder<T> {
  decode(bytes: Uint8Array): T;
}

/** One query of a chain's module: where it is, and how to write the question and read the answer. */
export interface Query<Q, A, R> {
  /** As in `dmcn.task.v1.Query/Job`. */
  readonly path: string;
  readonly request: Encoder<Q>;
  readonly response: Decoder<A>;
  readonly message: Q;
  /** Throws `ShapeError` for an answer that makes no sense. */
  readonly convert: (answer: A) => R;
  /** What is asked for, for the error message where it does not exist. */
  readonly subject: readonly [what: string, id: string];
}

/**
 * Asks the newest state, or that of the context's block. Throws `NotFoundError`, `BatchPrunedError`, `StateUnavailableError`, `EndpointUnreachableError` or `BadResponseError`.
 */
export async function query<Q, A, R>({ rpc, height }: CosmosContext, asked: Query<Q, A, R>): Promise<R> {
  const data = asked.request.encode(asked.message).finish();
  const answer = rpc.call(abciQueryRequest(`/${asked.path}`, data, height));
  const { code, codespace, log, value } = await answer.catch((error: unknown) => {
    if (height !== undefined && error instanceof RpcError && hasNoState(error))
      throw new StateUnavailableError(height, error.data);
    throw error;
  });
  if (code !== 0) {
    const pruned = prunedText.exec(log)?.[1];
    if (pruned !== undefined) throw new BatchPrunedError(asked.subject[1], pruned);
    const reason = rejectionReason(codespace, code);
    if (isNotFound(reason, log)) throw new NotFoundError(...asked.subject);
    throw new ChainRejectedError({ codespace, code, log, ...reasonOf(codespace, code) });
  }
  return readable(rpc, asked.path, () => asked.convert(asked.response.decode(value)));
}

/** What the chain says of a batch that was pruned. */
const prunedText = /(job \d+ ended at height .*): the batch was pruned/;

/** Query servers answer with a gRPC status, which the node turns into one of these, or with an error's bare text. */
function isNotFound(reason: string, log: string): boolean {
  if (reason === 'UnknownRequest') {
    return /unknown (job|batch|task module|worker)|collections: not found/.test(log);
  }
  return reason === 'KeyNotFound' || reason === 'NotFound';
}

const defaultLimit = 100;

/** The chain's way to ask for a page. */
export const wirePage = ({ limit = defaultLimit, after }: PageRequest): WirePageRequest => ({
  key: after ?? new Uint8Array(),
  offset: 0n,
  limit: BigInt(limit),
  countTotal: false,
  reverse: false,
});

/** A page of converted items. */
export const toPage = <W, T>(
  items: readonly W[],
  page: PageResponse | undefined,
  convert: (item: W) => T,
): Page<T> => ({
  items: items.map(convert),
  ...(page && page.nextKey.length > 0 && { next: page.nextKey }),
});
