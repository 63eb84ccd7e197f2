import type { ChainClient } from '@dmcn/chain-client';
import { type Answered, indexFirst, type ReadIndex, type Sources } from '@dmcn/chain-client/indexed';
import type { Context } from './context.js';
import { describe } from './errors.js';

/** Who may be asked for what is shown. */
export const sourcesOf = ({ indexes, chain, config, signal }: Context): Sources<ChainClient> => ({
  ...{ indexes, chain, signal, chainId: config.chainId },
});

/**
 * Reads something to be shown through an index, and on the chain where none has it as new as the chain itself. Tells
 * which indexes that somebody named were passed over.
 */
export async function readThrough<T>(
  context: Context,
  fromIndex: ReadIndex<T>,
  fromChain: (chain: ChainClient) => Promise<T>,
): Promise<Answered<T>> {
  const answered = await indexFirst(sourcesOf(context), fromIndex, fromChain);
  if (context.isGraphqlNamed) for (const error of answered.passedOver) context.out.progress(describe(error));
  return answered;
}

/** Who gave an answer, in a line. */
export const sourceText = ({ source, url, height }: Omit<Answered<unknown>, 'value'>): string =>
  source === 'graphql'
    ? `read from GraphQL at ${url}, block ${height}`
    : `read from the chain, block ${height}`;

/** Prints an answer as a document that says who gave it, or as text with a line about that beside it. */
export function showAnswer<T>(
  { out, json }: Context,
  answered: Answered<T>,
  document: (value: T) => unknown,
  text: (value: T) => string,
): void {
  const { value, source } = answered;
  const named = (of: unknown) => ({ ...(of as object), source });
  const shown = document(value);
  out.result(Array.isArray(shown) ? shown.map(named) : named(shown), () => text(value));
  if (!json) out.progress(sourceText(answered));
}
