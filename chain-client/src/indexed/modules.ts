import type { ResultOf } from 'gql.tada';
import type { Module } from '../types/index.js';
import { everyNode } from './every-node.js';
import { graphql } from './graphql.js';
import type { ReadIndex } from './index-first.js';
import { read } from './values.js';

const ModuleFields = graphql(`
  fragment ModuleFields on Module {
    id
    author
    size
    royaltyBps
    deposit
    storedHeight
    removedHeight
    name
  }
`);

const MODULES = graphql(
  `query Modules($after: String) {
    modules(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { ...ModuleFields } }
    }
  }`,
  [ModuleFields],
);

/** The modules that are stored now, in the order of their ids. */
export const modulesInIndex: ReadIndex<readonly Module[]> = async (ask) => {
  const all = await everyNode(async (after) => (await ask(MODULES, { after })).modules);
  return all
    .filter(({ removedHeight }) => removedHeight === null)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(toModule);
};

const toModule = (module: ResultOf<typeof ModuleFields>): Module => ({
  id: read.hash('id', module.id),
  author: read.address('author', module.author),
  size: read.count('size', module.size),
  royaltyBps: read.count('royaltyBps', module.royaltyBps),
  deposit: read.amount('deposit', module.deposit),
  height: read.count('storedHeight', module.storedHeight),
  name: read.text('name', module.name),
});
