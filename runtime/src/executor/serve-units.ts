import { UnitAbandonedError } from '../run/errors.js';
import { prepareTask, type Task } from '../run/prepare-task.js';
import { runUnit } from '../run/run-unit.js';
import type { FromHost, ToHost } from './unit-host.js';

/** Bytes of stderr that are shown of a unit; a module could write without end. */
const MOST_STDERR = 1024 * 1024;

/** A host's end of the line: what it does with each message, and answers through `send`. */
export function serveUnits(send: (answer: FromHost) => void): (message: ToHost) => Promise<void> {
  let task: Promise<Task> | undefined;
  return async (message) => {
    try {
      if (message.kind === 'prepare') {
        task = prepareTask(message.module);
        await task;
        send({ kind: 'prepared' });
      } else if (task !== undefined) {
        const options = message.wantsStderr ? { onStderr: stderrSender(send) } : {};
        send({ kind: 'result', result: runUnit(await task, message.request, options) });
      }
    } catch (error) {
      const known = error instanceof UnitAbandonedError;
      const { reason, detail } = known ? error : { reason: 'engine' as const, detail: String(error) };
      send({ kind: 'abandoned', reason, detail });
    }
  };
}

function stderrSender(send: (answer: FromHost) => void): (bytes: Uint8Array) => void {
  let left = MOST_STDERR;
  return (bytes) => {
    if (left > 0) send({ kind: 'stderr', bytes: bytes.subarray(0, left) });
    left -= bytes.length;
  };
}
