import { NonsenseError } from './values.js';

interface Connection<N> {
  readonly edges: readonly { readonly node: N }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All nodes of a connection, read page by page. Throws `NonsenseError` where a page gives nothing and promises more. */
export async function everyNode<N>(page: (after: string | null) => Promise<Connection<N>>): Promise<N[]> {
  const all: N[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo }: Connection<N> = await page(after);
    all.push(...edges.map(({ node }) => node));
    const next: string | null = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (pageInfo.hasNextPage && (edges.length === 0 || next === null || next === after))
      throw new NonsenseError('the page behind', next);
    after = next;
  } while (after !== null);
  return all;
}
