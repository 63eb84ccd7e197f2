import { QueryTimeError, type Reader } from '@dmcn/indexer';
import type { ExecutionResult } from 'graphql';
import { type Context, RowBudget } from './context.js';
import { QueryTimeoutError } from './errors.js';
import type { Heights } from './heights.js';
import { LIMITS } from './plugins/limits.js';

/** Milliseconds that an operation may run where others wait for it; one that takes longer is run beside them. */
export const PATIENCE_MS = 50;

/** Runs an operation's resolvers on one state of the index, for so many milliseconds. They must not wait for anything. */
export const onSnapshot = <T>(
  reader: Reader,
  heights: Heights,
  timeMs: number,
  run: (context: Context) => T,
): T =>
  reader.snapshot(() => {
    const rows = new RowBudget(LIMITS.rows, timeMs);
    reader.stopAt(rows.deadline);
    try {
      return run({ reader, rows, heights });
    } finally {
      reader.stopAt(undefined);
    }
  });

const isOfTime = (error: unknown): boolean =>
  error instanceof QueryTimeError || error instanceof QueryTimeoutError;

/** Whether the time was not enough. */
export const tookTooLong = ({ errors }: ExecutionResult): boolean =>
  errors?.some((error) => isOfTime(error.originalError ?? error)) ?? false;

/** Names the limit where SQLite stopped a statement. */
export const inTime = (result: ExecutionResult, timeMs: number): ExecutionResult => {
  if (!tookTooLong(result)) return result;
  const errors = result.errors?.map((error) =>
    error.originalError instanceof QueryTimeError ? new QueryTimeoutError(timeMs) : error,
  );
  return { ...result, ...(errors && { errors }) };
};
