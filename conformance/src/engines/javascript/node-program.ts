import { readFileSync, writeSync } from 'node:fs';
import { runBatch } from './run-batch.js';

const [path = '', first, last] = process.argv.slice(2);

await runBatch(readFileSync(path), Number(first), Number(last), (answer) => {
  writeSync(1, `${JSON.stringify(answer)}\n`);
});
