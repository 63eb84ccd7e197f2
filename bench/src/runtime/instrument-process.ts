import { MODULE_NAMES, moduleBytes } from '@dmcn/modules';
import { instrument } from '@dmcn/runtime';
import { answering } from '../ask.js';
import { cpuTime } from '../cpu-time.js';

const MIB = 1 << 20;

/** Milliseconds of processor time that a process which has just started takes for a MiB of real modules, one after the other. */
answering<null, number>(async () => {
  const modules = await Promise.all(MODULE_NAMES.map(moduleBytes));
  let bytes = 0;
  const start = cpuTime();
  while (bytes < MIB) {
    for (const module of modules) {
      instrument(module);
      bytes += module.length;
    }
  }
  return ((cpuTime() - start) / 1e6 / bytes) * MIB;
});
