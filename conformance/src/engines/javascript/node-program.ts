import { readFileSync, writeSync } from 'node:fs';
import { runBatch } from './run-batch.js';

const DAY_MS = 86_400_000;

const [path = '', first, last] = process.argv.slice(2);

/**
 * Keeps the event loop from running empty. While it is empty, Node waits for the engine's own threads before anything else
 * (`NodePlatform::DrainTasks`), and one of these may be waiting for the main thread to collect garbage: it hangs for ever.
 */
setInterval(() => {}, DAY_MS);

await runBatch(readFileSync(path), Number(first), Number(last), (answer) => {
  writeSync(1, `${JSON.stringify(answer)}\n`);
});
process.exit();
