import { MODULE_NAMES, moduleBytes } from '@dmcn/modules';
import { instrument } from '@dmcn/runtime';
import { answering } from '../ask.js';
import { cpuTime } from '../cpu-time.js';

const MIB = 1 << 20;

/** Milliseconds of processor time for a MiB of real modules, in a process that has just started. */
answering<null, number>(async () => {
  const modules = await Promise.all(MODULE_NAMES.map(moduleBytes));
  const bytes = modules.reduce((sum, { length }) => sum + length, 0);
  const start = cpuTime();
  for (const module of modules) instrument(module);
  return ((cpuTime() - start) / 1e6 / bytes) * MIB;
});
