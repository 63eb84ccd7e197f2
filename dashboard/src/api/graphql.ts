import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../gen/schema.js';

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

type Graphql = ReturnType<typeof initGraphQLTada<Setup>>;

const known = new Set<string>();

const text = (source: string, fragments: readonly string[] = []): string => {
  const whole = [...new Set([source, ...fragments])].join('\n');
  if (/^\s*(query|subscription)\b/.test(source)) known.add(whole);
  return whole;
};

/** The texts of the operations of all modules that are loaded; the build writes them down for servers that answer no others. */
export const operations: ReadonlySet<string> = known;

/**
 * An operation or fragment with the types that the schema gives it. At run time it is its text and nothing else, so that
 * no parser goes to the browser; fragments of fragments are named by whoever uses them.
 */
export const graphql = text as unknown as Graphql;
