import { until } from './until.js';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly height?: number };
}

/** Asks a GraphQL server, once it knows the chain up to a height. */
export async function ask<T>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  height: number,
): Promise<T> {
  return until(`GraphQL to reach height ${height}`, async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors, extensions } = (await response.json()) as Answer;
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return (extensions?.height ?? 0) >= height ? { data: data as T } : undefined;
  }).then(({ data }) => data);
}
