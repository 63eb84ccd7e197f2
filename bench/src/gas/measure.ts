import { prepareTask, runUnit, type Task, type UnitRequest, type UnitResult } from '@dmcn/runtime';
import initWabt from 'wabt';
import { cpuTime } from '../cpu-time.js';
import type { LoopClass, UnitClass } from './gas-class.js';
import { commandText } from './program.js';

const wabt = await initWabt();

/** The binary of a module in text form. */
export function assemble(text: string): Uint8Array {
  const module = wabt.parseWat('class.wat', text);
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** What a class costs. */
export interface Cost {
  readonly gas: number;
  /** Processor time of the process, so that compiling counts. */
  readonly nanoseconds: number;
}

/** How long to measure: the best of so many rounds, each of at least so much time. */
export interface Effort {
  readonly rounds: number;
  readonly milliseconds: number;
}

const REQUEST: UnitRequest = {
  input: new Uint8Array(),
  unit: 0,
  args: [],
  gasLimit: 1n << 60n,
  memoryLimit: 512 << 20,
};

function succeeded(name: string, result: UnitResult): UnitResult {
  if (result.status !== 'OK') throw new Error(`the class "${name}" ended with ${result.status}`);
  return result;
}

/** Gas and time of a turn (of a loop, on average) or of a unit. */
export async function measure(each: LoopClass | UnitClass, effort: Effort): Promise<Cost> {
  return 'program' in each ? measureLoop(each, effort) : measureUnit(each, effort);
}

async function measureLoop({ name, program, args = [] }: LoopClass, effort: Effort): Promise<Cost> {
  const task = await prepared(name, assemble(commandText(program)));
  const run = (turns: number): Cost => {
    const input = new Uint8Array(Uint32Array.of(turns).buffer);
    const marks: number[] = [];
    const onStderr = (): void => void marks.push(cpuTime());
    const { gas } = succeeded(name, runUnit(task, { ...REQUEST, input, args }, { onStderr }));
    return { gas: Number(gas), nanoseconds: (marks[1] ?? Number.NaN) - (marks[0] ?? Number.NaN) };
  };
  const { mostTurns = 2 ** 30 } = program;
  const first = run(1);
  let turns = 2;
  let { gas, nanoseconds } = run(turns);
  while (nanoseconds < effort.milliseconds * 1e6 && turns < mostTurns) {
    turns = Math.min(mostTurns, turns * (nanoseconds < effort.milliseconds * 1e5 ? 8 : 2));
    ({ gas, nanoseconds } = run(turns));
  }
  for (let round = 1; round < effort.rounds; round++)
    nanoseconds = Math.min(nanoseconds, run(turns).nanoseconds);
  return { gas: (gas - first.gas) / (turns - 1), nanoseconds: nanoseconds / turns };
}

async function measureUnit({ name, group, module, input }: UnitClass, effort: Effort): Promise<Cost> {
  const made = module();
  const bytes = typeof made === 'string' ? assemble(made) : made;
  const request = { ...REQUEST, input: input ?? REQUEST.input };
  let task = await prepared(name, bytes);
  let gas = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < effort.rounds; round++) {
    let units = 0;
    const start = cpuTime();
    do {
      if (group === 'preparation') task = await prepareTask(bytes);
      gas = Number(succeeded(name, runUnit(task, request)).gas);
      units++;
    } while (cpuTime() - start < effort.milliseconds * 1e6);
    best = Math.min(best, (cpuTime() - start) / units);
  }
  return { gas, nanoseconds: best };
}

async function prepared(name: string, bytes: Uint8Array): Promise<Task> {
  const task = await prepareTask(bytes);
  if (task.program === undefined)
    throw new Error(`the class "${name}" is refused: ${task.findings[0]?.message}`);
  return task;
}
