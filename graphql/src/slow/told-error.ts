import { GraphQLError, Source } from 'graphql';

/** An error as one thread tells it to another. */
export interface ToldError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  readonly positions: readonly number[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Nobody expected it: whoever asked is not told what it was. */
  readonly unexpected: boolean;
}

const isUnexpected = ({ originalError }: GraphQLError): boolean =>
  originalError instanceof GraphQLError ? isUnexpected(originalError) : originalError !== undefined;

export const toldOf = (error: GraphQLError): ToldError => ({
  message: error.message,
  path: error.path,
  positions: error.positions,
  extensions: { ...error.extensions },
  unexpected: isUnexpected(error),
});

/** The same error again, in an operation of that text. */
export const errorOf = (told: ToldError, text: string): GraphQLError =>
  new GraphQLError(told.message, {
    source: new Source(text),
    positions: told.positions ?? null,
    path: told.path ?? null,
    extensions: told.extensions,
    ...(told.unexpected && { originalError: new Error(told.message) }),
  });
