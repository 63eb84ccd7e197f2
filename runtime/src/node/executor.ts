import { DEFAULT_WALL_LIMIT_MS, type Executor, SerialExecutor } from '../executor/executor.js';
import { CpuThrottle } from './cpu/throttle.js';
import { UnitProcess } from './unit-process.js';
import { Watchdog } from './watchdog.js';

export interface ExecutorOptions {
  /**
   * Milliseconds after which a unit is abandoned (compilation counts by itself); as much longer as the share of a core is smaller. Default: 10 minutes.
   */
  readonly wallLimitMs?: number;
  /** Share of one core, above 0 and at most 1, that this process and its units use together. Default: no limit. */
  readonly cpuShare?: number;
  /** How far units stand back behind other programs, from 0 (not at all) to 19, as with `nice`. Default: 0. */
  readonly niceness?: number;
}

/**
 * An executor whose units run in a child process, which the first unit starts.
 * @throws RangeError for a share or niceness that cannot be kept
 */
export function createExecutor({
  cpuShare = 1,
  niceness = 0,
  wallLimitMs = DEFAULT_WALL_LIMIT_MS,
}: ExecutorOptions = {}): Executor {
  if (!(cpuShare > 0 && cpuShare <= 1))
    throw new RangeError(`a share of a core is above 0 and at most 1, not ${cpuShare}`);
  if (cpuShare < 1 && process.platform === 'win32')
    throw new RangeError('a share of a core needs a system that can stop processes');
  if (!Number.isInteger(niceness) || niceness < 0 || niceness > 19)
    throw new RangeError(`niceness is a whole number from 0 to 19, not ${niceness}`);
  const watchdog = new Watchdog();
  const throttle = cpuShare < 1 ? new CpuThrottle(cpuShare) : undefined;
  const hosts = {
    start: () => new UnitProcess({ watchdog, throttle, niceness }),
    close: () => watchdog.close(),
  };
  return new SerialExecutor(hosts, wallLimitMs / cpuShare);
}
