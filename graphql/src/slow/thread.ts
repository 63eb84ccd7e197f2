// Runs operations one after the other on a connection of its own to the index that its parent names.
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '@dmcn/indexer';
import { type ExecutionResult, execute, parse } from 'graphql';
import { inTime, onSnapshot } from '../execution.js';
import { standingOf } from '../health.js';
import { Heights } from '../heights.js';
import { IndexReader } from '../index-reader.js';
import { schema } from '../schema/index.js';
import type { SlowAnswer, SlowQuestion } from './reader-threads.js';
import { toldOf } from './told-error.js';

const dbPath = workerData as string;
const reader = openReader(dbPath);
const heights = new Heights(new IndexReader(dbPath));

const answer = ({ text, variables, operationName, timeMs }: SlowQuestion): SlowAnswer => {
  const document = parse(text);
  return onSnapshot(reader, heights, timeMs, (contextValue) => {
    const before = performance.now();
    const executed = execute({ schema, document, contextValue, variableValues: variables, operationName });
    const { data, errors } = inTime(executed as ExecutionResult, timeMs);
    const checkpoint = reader.checkpoint();
    return {
      data: JSON.stringify(data ?? null),
      errors: errors?.map(toldOf),
      standing: checkpoint && standingOf(checkpoint),
      tookMs: performance.now() - before,
    };
  });
};

parentPort?.on('message', (question: SlowQuestion) => parentPort?.postMessage(answer(question)));
parentPort?.postMessage('ready');
