import type { Plugin } from 'graphql-yoga';
import type { Persisted } from '../persisted.js';

/** Puts the text in the place of an operation's hash. */
export const persisted = (operations: Persisted): Plugin => ({
  onParams: ({ params, setParams }) => {
    const query = operations.textOf(params);
    if (query !== undefined && query !== params.query) setParams({ ...params, query });
  },
});
