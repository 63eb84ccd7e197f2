import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LIMITS } from '@dmcn/runtime';
import { writeBatch } from '../engines/javascript/batch.js';
import { bundle } from '../engines/javascript/bundle.js';
import { deepPrograms } from './deep-programs.js';
import type { StackEngine } from './engines.js';

/** How many times the profile's stack an engine bears. */
export interface Margin {
  readonly program: string;
  readonly times: number;
}

/** The margins of an engine for each of the deep programs; undefined where it is missing. */
export async function stackMargins(engine: StackEngine): Promise<Margin[] | undefined> {
  const programs = deepPrograms();
  const rest = { input: new Uint8Array(), args: [], unit: 0, gasLimit: 0n, memoryLimit: 0 };
  const directory = await mkdtemp(path.join(tmpdir(), 'dmcn-stack-'));
  const script = await bundle('../../stack/stack-program');
  try {
    const batch = path.join(directory, 'batch');
    await writeFile(batch, writeBatch(programs.map((program) => ({ ...program, ...rest }))));
    const said = await engine.measure(script.file, batch);
    if (said === undefined) return undefined;
    const words = JSON.parse(said) as number[];
    return programs.map(({ name }, i) => ({ program: name, times: (words[i] ?? 0) / LIMITS.stackWords }));
  } finally {
    await script.remove();
    await rm(directory, { recursive: true });
  }
}
