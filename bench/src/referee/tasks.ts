import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsInputs, moduleBytes } from '@dmcn/modules';
import initWabt from 'wabt';

/** A job of one unit, as files for the command line. */
export interface Task {
  readonly module: string;
  readonly inputs: string;
  /** Flags of `dmcn job submit`. */
  readonly flags: readonly string[];
}

/** Never ends by itself, and writes all over a mebibyte. */
const ENDLESS = `(module (memory (export "memory") 16)
  (func (export "_start") (local $x i64)
    (loop $turn
      (local.set $x (i64.add (i64.mul (local.get $x) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
      (i64.store
        (i32.and (i32.wrap_i64 (i64.shr_u (local.get $x) (i64.const 40))) (i32.const 0xffff8))
        (local.get $x))
      (br $turn))))`;

/** A unit that uses all the gas that a job may give it. */
export async function taskAtTheCap(directory: string, gasLimit: bigint): Promise<Task> {
  const wabt = await initWabt();
  const code = wabt.parseWat('endless.wat', ENDLESS).toBinary({}).buffer;
  return writeTask(join(directory, 'cap'), code, Uint8Array.of(1), ['--gas-limit', String(gasLimit)]);
}

/** A unit as real jobs have them: twelve handwritten digits. */
export async function typicalTask(directory: string): Promise<Task> {
  const [input] = digitsInputs({ units: 1, imagesPerUnit: 12 });
  return writeTask(
    join(directory, 'typical'),
    await moduleBytes('digits'),
    input?.bytes ?? new Uint8Array(),
    [],
  );
}

async function writeTask(
  directory: string,
  code: Uint8Array,
  input: Uint8Array,
  flags: readonly string[],
): Promise<Task> {
  const [module, inputs] = [join(directory, 'task.wasm'), join(directory, 'inputs')];
  await mkdir(inputs, { recursive: true });
  await writeFile(module, code);
  await writeFile(join(inputs, 'unit'), input);
  return { module, inputs, flags: [...flags, '--batch-size', '1'] };
}
