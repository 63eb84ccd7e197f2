/** Processor time of this process and all its threads, in nanoseconds. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
}
