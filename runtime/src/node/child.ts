import { serveUnits } from '../executor/serve-units.js';
import type { FromHost, ToHost } from '../executor/unit-host.js';

/** Memory of ended instances that may wait for the garbage collector, in bytes. */
const MOST_GARBAGE = 64 * 1024 * 1024;

const serve = serveUnits((answer: FromHost) => process.send?.(answer));

/** Engines free the memory of ended instances late; without this, many units together could exceed a job's limit. */
function collectGarbage(): void {
  if (process.memoryUsage().external > MOST_GARBAGE) globalThis.gc?.();
}

process.on('message', (message: ToHost) => void serve(message).then(collectGarbage));
process.on('disconnect', () => process.exit());
// The terminal's interrupt is for the parent, which decides what becomes of a unit.
process.on('SIGINT', () => undefined);
