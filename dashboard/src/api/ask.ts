import type { TadaDocumentNode } from 'gql.tada';
import { isUnknown, named } from './named.js';

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
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: unknown };
  }[];
  readonly extensions?: Standing;
}

async function send<T>(question: object, signal: AbortSignal): Promise<Body<T>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(question),
    signal,
  });
  return (await response.json()) as Body<T>;
}

/**
 * Asks the API that served the page: by the operation's hash, and with its text where the API does not know that. Throws
 * `UnreachableError`, `RefusedError`, or an abort.
 */
export async function ask<T, V>(
  operation: TadaDocumentNode<T, V>,
  variables: V,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const query = operation as unknown as string;
  const extensions = named(query);
  let body: Body<T>;
  try {
    body = await send({ variables, extensions }, signal);
    if (isUnknown(body.errors)) body = await send({ query, variables, extensions }, signal);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new UnreachableError('The API does not answer. This page asks again by itself.', { cause });
  }
  const { data, errors, extensions: standing } = body;
  if (data && standing) return { data, standing };
  const message = errors?.map((error) => error.message).join('; ') || 'the API sent no answer';
  throw standing ? new RefusedError(message) : new UnreachableError(message);
}
