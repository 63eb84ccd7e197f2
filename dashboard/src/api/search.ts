import type { Hit } from '../model/search.js';
import { ask } from './ask.js';
import { graphql } from './graphql.js';

export const SEARCH = graphql(`
  query Search($text: String!) {
    search(text: $text) {
      kind
      id
    }
  }
`);

/** What a text may name. Throws as `ask` does. */
export const find = async (text: string, signal: AbortSignal): Promise<readonly Hit[]> =>
  (await ask(SEARCH, { text }, signal)).data.search;
