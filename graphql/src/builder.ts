import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from './context.js';

/** What a scalar is before it is written and after it is read. */
export interface Scalar<T> {
  Input: T;
  Output: T;
}

/** Collects the types of the schema. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    Amount: Scalar<bigint>;
    UInt64: Scalar<bigint>;
    Height: Scalar<number>;
    DateTime: Scalar<Date>;
    Hex: Scalar<string>;
  };
  Connection: { readonly totalCount: () => number };
}>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
  },
});

builder.queryType({
  description: 'Everything that the chain’s events told, as of `extensions.height` of the answer.',
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'Rows on all pages.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);
