import type { FromHost } from '../executor/unit-host.js';
import { UnitAbandonedError } from '../run/errors.js';
import type { StartThread } from './thread.js';

/** Threads that are Web Workers of the page. */
export function workerThreads(create: () => Worker): StartThread {
  return ({ onAnswer, onFailure }) => {
    const worker = started(create);
    const failed = (event: Event): void => {
      event.preventDefault();
      onFailure((event as Partial<ErrorEvent>).message || 'its script cannot be loaded');
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromHost>) => onAnswer(data));
    worker.addEventListener('messageerror', failed);
    worker.addEventListener('error', failed);
    return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
  };
}

function started(create: () => Worker): Worker {
  try {
    return create();
  } catch (cause) {
    throw new UnitAbandonedError('engine', `the browser starts no Web Worker: ${String(cause)}`, { cause });
  }
}
