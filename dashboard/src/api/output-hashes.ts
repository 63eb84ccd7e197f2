import type { ResultOf } from 'gql.tada';
import { nodes } from '../model/connection.js';
import { type Answer, ask } from './ask.js';
import { graphql } from './graphql.js';

const HASHES = graphql(`
  query OutputHashes($jobId: UInt64!, $after: String) {
    units(filter: { jobId: $jobId }, first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          index
          outputHash
        }
      }
    }
  }
`);

/** SHA-256 of the outputs on the chain, by the units' index, of the first units of a job. */
export async function outputHashes(
  jobId: string,
  most: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const hashes = new Map<number, string>();
  let after: string | null = null;
  do {
    const { data }: Answer<ResultOf<typeof HASHES>> = await ask(HASHES, { jobId, after }, signal);
    for (const { index, outputHash } of nodes(data.units)) hashes.set(index, outputHash);
    after = data.units.pageInfo.hasNextPage ? data.units.pageInfo.endCursor : null;
  } while (after !== null && hashes.size < most);
  return hashes;
}
