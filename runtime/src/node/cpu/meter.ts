import { readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second. */
const MS_A_TICK = 10;

/** CPU times since some moment in the past, in milliseconds; only differences mean something. */
export interface CpuMeter {
  /** Of this process. */
  own(): number;
  /** Of all children that have ended, and of one that has not; undefined where the system does not tell. */
  units(child?: number): number | undefined;
}

/** Measures by /proc where there is one. */
export const cpuMeter: CpuMeter = {
  own() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  units(child) {
    const [, , endedUser, endedSystem] = cpuTimes('self') ?? [];
    if (endedUser === undefined || endedSystem === undefined) return undefined;
    const [user = 0, system = 0] = (child !== undefined && cpuTimes(child)) || [];
    return user + system + endedUser + endedSystem;
  },
};

/** utime, stime, cutime and cstime of a process in milliseconds, undefined where it or /proc does not exist. */
function cpuTimes(pid: number | 'self'): number[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).map((ticks) => Number(ticks) * MS_A_TICK);
  } catch {
    return undefined;
  }
}
