import { GraphQLError } from 'graphql';

/** An operation whose arguments make no sense. Its message reaches the caller. */
export class BadArgumentError extends GraphQLError {
  constructor(message: string) {
    super(message, { extensions: { code: 'BAD_ARGUMENT' } });
  }
}

/** An operation that would read too much. */
export class TooManyRowsError extends GraphQLError {
  constructor(readonly limit: number) {
    super(`the operation reads more than ${limit} rows; ask for smaller pages or fewer nested ones`, {
      extensions: { code: 'TOO_MANY_ROWS', limit },
    });
  }
}

/** An operation took too long. */
export class QueryTimeoutError extends GraphQLError {
  constructor(timeMs: number) {
    super(`the operation took more than ${timeMs} ms; ask for smaller pages or fewer nested ones`, {
      extensions: { code: 'QUERY_TIMEOUT', timeMs },
    });
  }
}

/** The index did not reach a height in time. */
export class HeightNotReachedError extends GraphQLError {
  constructor(height: number, current: number, timeoutMs: number) {
    super(`the index has block ${current} and did not reach ${height} within ${timeoutMs} ms; ask again`, {
      extensions: { code: 'HEIGHT_NOT_REACHED', height: current, minHeight: height, http: { status: 504 } },
    });
  }
}

/** There is nothing to answer from yet. */
export class NotReadyError extends GraphQLError {
  constructor(reason: string) {
    super(reason, { extensions: { code: 'NOT_READY', http: { status: 503 } } });
  }
}
