import type { TadaDocumentNode } from 'gql.tada';

/** Which state of the chain an answer takes into account. */
export interface Standing {
  readonly chainId: string;
  readonly height: number;
  readonly head: number;
  readonly lag: number;
  readonly blockTime: string;
}

export interface Answer<T> {
  readonly data: T;
  readonly standing: Standing;
}

/** The API could not be reached, or is not there yet. Asking again later may help. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  readonly retryable = true;
}

/** The API refused the operation; the same one will be refused again. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly retryable = false;
}

interface Body<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: Standing;
}

/** Asks the API that served the page. Throws `UnreachableError`, `RefusedError`, or an abort. */
export async function ask<T, V>(
  operation: TadaDocumentNode<T, V>,
  variables: V,
  signal: AbortSignal,
): Promise<Answer<T>> {
  let body: Body<T>;
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: operation, variables }),
      signal,
    });
    body = (await response.json()) as Body<T>;
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new UnreachableError('The API does not answer. This page asks again by itself.', { cause });
  }
  const { data, errors, extensions } = body;
  if (data && extensions) return { data, standing: extensions };
  const message = errors?.map((error) => error.message).join('; ') || 'the API sent no answer';
  throw extensions ? new RefusedError(message) : new UnreachableError(message);
}
