import { UnitAbandonedError } from '../run/errors.js';
import { prepareTask, type Task } from '../run/prepare-task.js';
import { runUnit } from '../run/run-unit.js';
import type { FromChild, ToChild } from './messages.js';

/** Memory of ended instances that may wait for the garbage collector, in bytes. */
const MOST_GARBAGE = 64 * 1024 * 1024;

/** Bytes of stderr that are shown of a unit; a module could write without end. */
const MOST_STDERR = 1024 * 1024;

let task: Promise<Task> | undefined;

function send(message: FromChild): void {
  process.send?.(message);
}

async function handle(message: ToChild): Promise<void> {
  try {
    if (message.kind === 'prepare') {
      task = prepareTask(message.module);
      await task;
      send({ kind: 'prepared' });
    } else if (task !== undefined) {
      const options = message.wantsStderr ? { onStderr: stderrSender() } : {};
      send({ kind: 'result', result: runUnit(await task, message.request, options) });
      collectGarbage();
    }
  } catch (error) {
    if (error instanceof UnitAbandonedError)
      send({ kind: 'abandoned', reason: error.reason, detail: error.detail });
    else send({ kind: 'abandoned', reason: 'engine', detail: String(error) });
  }
}

function stderrSender(): (bytes: Uint8Array) => void {
  let left = MOST_STDERR;
  return (bytes) => {
    if (left > 0) send({ kind: 'stderr', bytes: bytes.subarray(0, left) });
    left -= bytes.length;
  };
}

/** Engines free the memory of ended instances late; without this, many units together could exceed a job's limit. */
function collectGarbage(): void {
  if (process.memoryUsage().external > MOST_GARBAGE) globalThis.gc?.();
}

process.on('message', (message: ToChild) => void handle(message));
process.on('disconnect', () => process.exit());
// The terminal's interrupt is for the parent, which decides what becomes of a unit.
process.on('SIGINT', () => undefined);
