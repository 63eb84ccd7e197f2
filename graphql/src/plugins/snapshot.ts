import { QueryTimeError } from '@dmcn/indexer';
import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { type Context, RowBudget } from '../context.js';
import { HeightNotReachedError, NotReadyError, QueryTimeoutError } from '../errors.js';
import { standingOf } from '../health.js';
import type { Heights } from '../heights.js';
import type { IndexReader } from '../index-reader.js';
import { minHeightOf } from '../min-height.js';
import type { Outcome } from '../outcome.js';
import { LIMITS } from './limits.js';

export interface SnapshotOptions {
  readonly index: IndexReader;
  readonly heights: Heights;
  /** Milliseconds that an operation may run. */
  readonly timeMs?: number;
}

/**
 * Executes each operation on one state of the index, and says in the answer's extensions which one it was. Resolvers
 * are synchronous, so that no other operation comes between.
 */
export const snapshot = ({ index, heights, timeMs = LIMITS.timeMs }: SnapshotOptions): Plugin => ({
  onExecute: ({ executeFn, setExecuteFn }) => {
    const now = (args: ExecutionArgs): ExecutionResult => {
      const outcome = outcomeOf(args.contextValue);
      const reader = index.current();
      if (reader === undefined) {
        return { errors: [new NotReadyError('there is no index yet; ask again once /ready answers 200')] };
      }
      return reader.snapshot(() => {
        const rows = new RowBudget(LIMITS.rows, timeMs);
        const contextValue: Context = { ...(args.contextValue as object), reader, rows, heights };
        reader.stopAt(rows.deadline);
        try {
          const result: ExecutionResult = inTime(executeFn({ ...args, contextValue }), timeMs);
          const checkpoint = reader.checkpoint();
          if (checkpoint === undefined) return result;
          const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
          if (result.errors !== undefined || !isQuery) outcome.failed = true;
          outcome.heights.push(checkpoint.height);
          outcome.text = (args.contextValue as YogaInitialContext).params?.query;
          return { ...result, extensions: { ...standingOf(checkpoint) } };
        } finally {
          reader.stopAt(undefined);
        }
      });
    };
    setExecuteFn((args: ExecutionArgs) => {
      const wanted = minHeightOf(args.contextValue as YogaInitialContext);
      if (wanted === undefined || heights.current() >= wanted.height) return now(args);
      const { height, timeoutMs } = wanted;
      return heights
        .until(height, timeoutMs)
        .then((reached) =>
          reached ? now(args) : { errors: [new HeightNotReachedError(height, heights.current(), timeoutMs)] },
        );
    });
  },
  onSubscribe: ({ subscribeFn, setSubscribeFn }) => {
    setSubscribeFn((args: ExecutionArgs) => {
      const reader = index.current();
      if (reader === undefined) {
        return { errors: [new NotReadyError('there is no index yet; ask again once /ready answers 200')] };
      }
      const rows = new RowBudget(LIMITS.rows, timeMs);
      const contextValue: Context = { ...(args.contextValue as object), reader, rows, heights };
      return subscribeFn({ ...args, contextValue });
    });
  },
  onExecutionResult: ({ result, setResult }) => {
    if (result === undefined || Symbol.asyncIterator in result || result.extensions?.height !== undefined)
      return;
    const checkpoint = index.current()?.checkpoint();
    if (checkpoint === undefined) return;
    setResult({ ...result, extensions: { ...standingOf(checkpoint), ...result.extensions } });
  },
});

const outcomeOf = (context: unknown): Outcome =>
  (context as { readonly outcome?: Outcome }).outcome ?? { heights: [], failed: false, text: undefined };

/** Names the limit where SQLite stopped a statement. */
const inTime = (result: ExecutionResult, timeMs: number): ExecutionResult => {
  const { errors } = result;
  if (!errors?.some(({ originalError }) => originalError instanceof QueryTimeError)) return result;
  return {
    ...result,
    errors: errors.map((error) =>
      error.originalError instanceof QueryTimeError ? new QueryTimeoutError(timeMs) : error,
    ),
  };
};
