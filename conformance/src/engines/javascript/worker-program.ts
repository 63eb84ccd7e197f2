import { runBatch } from './run-batch.js';

/** What a page asks its Web Worker to run: cases of a batch. */
export interface WorkerRequest {
  readonly batch: Uint8Array;
  readonly first: number;
  readonly last: number;
}

addEventListener('message', async ({ data: { batch, first, last } }: MessageEvent<WorkerRequest>) => {
  await runBatch(batch, first, last, (answer) => postMessage(answer));
  postMessage('end');
});
