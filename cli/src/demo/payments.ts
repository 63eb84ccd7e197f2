import { setTimeout as sleep } from 'node:timers/promises';

/** A payment as GraphQL tells it. */
export interface Payment {
  readonly owner: string;
  readonly batchIndex: number;
  readonly unitCount: number;
  readonly gasTotal: string;
  readonly pay: string;
  readonly height: number;
}

interface Answer {
  readonly data?: {
    readonly job: { readonly payments: { readonly edges: readonly { readonly node: Payment }[] } } | null;
  };
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly height: number };
}

const QUERY = `query Payments($id: UInt64!) {
  job(id: $id) {
    payments(first: 100) { edges { node { owner batchIndex unitCount gasTotal pay height } } }
  }
}`;
const PATIENCE_MS = 30_000;

/** Payments of a job, asked for until the index has reached `height`. */
export async function paymentsOf(
  graphql: string,
  jobId: bigint,
  height: number,
  signal: AbortSignal,
): Promise<readonly Payment[]> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const response = await fetch(graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { id: String(jobId) } }),
      signal,
    });
    const { data, errors, extensions } = (await response.json()) as Answer;
    if (errors)
      throw new Error(`GraphQL at ${graphql} answers: ${errors.map(({ message }) => message).join('; ')}`);
    if (data?.job && (extensions?.height ?? 0) >= height)
      return data.job.payments.edges.map(({ node }) => node);
    await sleep(250, undefined, { signal });
  }
  throw new Error(`the index at ${graphql} did not reach height ${height} within ${PATIENCE_MS / 1000} s`);
}
