import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { type Context, RowBudget } from '../context.js';
import { HeightNotReachedError, NotReadyError } from '../errors.js';
import { standingOf } from '../health.js';
import type { Heights } from '../heights.js';
import type { IndexReader } from '../index-reader.js';
import { minHeightOf } from '../min-height.js';
import { LIMITS } from './limits.js';

/**
 * Executes each operation on one state of the index, and says in the answer's extensions which one it was. Resolvers
 * are synchronous, so that no other operation comes between.
 */
export const snapshot = (index: IndexReader, heights: Heights): Plugin => ({
  onExecute: ({ executeFn, setExecuteFn }) => {
    const now = (args: ExecutionArgs): ExecutionResult => {
      const reader = index.current();
      if (reader === undefined) {
        return { errors: [new NotReadyError('there is no index yet; ask again once /ready answers 200')] };
      }
      return reader.snapshot(() => {
        const contextValue: Context = {
          ...(args.contextValue as object),
          reader,
          rows: new RowBudget(LIMITS.rows),
        };
        const result = executeFn({ ...args, contextValue });
        const checkpoint = reader.checkpoint();
        return checkpoint === undefined ? result : { ...result, extensions: standingOf(checkpoint) };
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
  onExecutionResult: ({ result, setResult }) => {
    if (result === undefined || Symbol.asyncIterator in result) return;
    const checkpoint = index.current()?.checkpoint();
    if (checkpoint === undefined) return;
    setResult({ ...result, extensions: { ...standingOf(checkpoint), ...result.extensions } });
  },
});
