import type { initGraphQLTada, TadaDocumentNode } from 'gql.tada';
import type { introspection } from './gen/schema.js';

interface Setup {
  readonly introspection: introspection;
  readonly disableMasking: true;
  readonly scalars: {
    readonly Amount: string;
    readonly DateTime: string;
    readonly Height: number;
    readonly Hex: string;
    readonly UInt64: string;
  };
}

/** An operation with the types that the schema gives it; its text, and nothing else, once it runs. */
export type Operation<T, V> = TadaDocumentNode<T, V>;

const known = new Set<string>();

const text = (source: string, fragments: readonly string[] = []): string => {
  const whole = [source, ...fragments].join('\n');
  if (/^\s*query\b/.test(source)) known.add(whole);
  return whole;
};

/** The texts of all operations that an index is asked: a server that answers known ones only is given them. */
export const indexOperations: ReadonlySet<string> = known;

/** An operation or a fragment of the schema, checked where it is compiled. No parser is needed where it runs. */
export const graphql = text as unknown as ReturnType<typeof initGraphQLTada<Setup>>;
