import type { Reader } from '@dmcn/indexer';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  getOperationAST,
} from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { type Context, RowBudget } from '../context.js';
import { HeightNotReachedError, NotReadyError } from '../errors.js';
import { inTime, onSnapshot, tookTooLong } from '../execution.js';
import { standingOf } from '../health.js';
import type { Heights } from '../heights.js';
import type { IndexReader } from '../index-reader.js';
import { minHeightOf } from '../min-height.js';
import type { Outcome } from '../outcome.js';
import type { SlowOperations } from '../slow/slow-operations.js';
import { type Given, streamOf } from '../stream.js';
import { LIMITS } from './limits.js';

export interface SnapshotOptions {
  readonly index: IndexReader;
  readonly heights: Heights;
  readonly slow: SlowOperations;
  /** Milliseconds that an operation may run. */
  readonly timeMs: number;
}

/**
 * Executes each operation on one state of the index, and says in the answer's extensions which one it was. Resolvers
 * are synchronous, so that no other operation comes between; what takes long is done again beside the others.
 */
export const snapshot = ({ index, heights, slow, timeMs }: SnapshotOptions): Plugin => ({
  onExecute: ({ executeFn, setExecuteFn }) => {
    const here = (args: ExecutionArgs, forMs: number): ExecutionResult => {
      const reader = index.current();
      if (reader === undefined) {
        return { errors: [new NotReadyError('there is no index yet; ask again once /ready answers 200')] };
      }
      return onSnapshot(reader, heights, forMs, (own) => {
        const contextValue: Context = { ...(args.contextValue as object), ...own };
        return withStanding(inTime(executeFn({ ...args, contextValue }), forMs), reader);
      });
    };
    const told = (args: ExecutionArgs, result: ExecutionResult): ExecutionResult => {
      const outcome = outcomeOf(args.contextValue);
      const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
      if (result.errors !== undefined || !isQuery) outcome.failed = true;
      if (result.extensions !== undefined) outcome.heights.push(result.extensions.height as number);
      outcome.text = textOf(args);
      return result;
    };
    const now = (args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> => {
      const text = textOf(args);
      if (text === undefined || !slow.isWorthwhile) return told(args, here(args, timeMs));
      if (!slow.has(text)) {
        const result = slow.watching(text, () => here(args, slow.patienceMs));
        if (!tookTooLong(result)) return told(args, result);
      }
      return slow.run(text, args).then((result) => told(args, result));
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
  onSubscribe: ({ setSubscribeFn }) => {
    setSubscribeFn(async (args: ExecutionArgs) => {
      const reader = index.current();
      if (reader === undefined) {
        return { errors: [new NotReadyError('there is no index yet; ask again once /ready answers 200')] };
      }
      const rows = new RowBudget(LIMITS.rows, timeMs);
      const contextValue: Context = { ...(args.contextValue as object), reader, rows, heights };
      const events = await createSourceEventStream({ ...args, contextValue });
      if (!isEvents(events)) return events;
      const answerTo = (rootValue: unknown): ExecutionResult =>
        onSnapshot(reader, heights, timeMs, (own) => {
          const eventContext: Context = { ...(args.contextValue as object), ...own };
          const result = execute({ ...args, rootValue, contextValue: eventContext });
          return withStanding(inTime(result as ExecutionResult, timeMs), reader);
        });
      return streamOf(events, (event): Given<ExecutionResult> => ({ items: [answerTo(event)] }));
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

const textOf = ({ contextValue }: ExecutionArgs): string | undefined =>
  (contextValue as YogaInitialContext).params?.query;

const withStanding = (result: ExecutionResult, reader: Reader): ExecutionResult => {
  const checkpoint = reader.checkpoint();
  return checkpoint === undefined ? result : { ...result, extensions: { ...standingOf(checkpoint) } };
};

type Events = AsyncGenerator<unknown, void, undefined>;

const isEvents = (given: AsyncIterable<unknown> | ExecutionResult): given is Events =>
  Symbol.asyncIterator in given;
