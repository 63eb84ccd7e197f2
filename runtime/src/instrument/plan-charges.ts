import { FREE_FOR_ONE_GAS, instructionCost, PRICES } from '../profile/costs.js';
import type { FunctionType } from '../wasm/module-layout.js';
import { accessesMemory, OP, opensBlock } from '../wasm/opcodes.js';
import type { FunctionBody, FunctionTypes } from './function-body.js';

/** An open block while a body is walked. */
interface Frame {
  /** Row at which the gas of what comes before the block is charged. */
  readonly before: number;
  /** The outermost open block that a branch from inside of this one goes to, by its position from the function's own. */
  outermostTarget: number;
}

/** What to charge before each row; 0 where nothing is. */
export interface Charges {
  /** Gas that does not depend on the memory. */
  readonly gas: Int32Array;
  /** Loads and stores, whose price depends on how large the memory is. */
  readonly accesses: Int32Array;
}

/**
 * Divides a body into straight-line regions and gives what to charge at the start of each. A call costs `callPrice`
 * more than its instruction.
 *
 * A region starts at the function's entry, at a loop's body, at each arm of an `if` and behind a `br_if`. What
 * follows a block belongs to the region before it, unless something inside branches past the block's end: then it
 * may not be reached, and is a region of its own.
 */
export function planCharges(body: FunctionBody, types: FunctionTypes, callPrice: number): Charges {
  const gas = new Int32Array(body.length);
  const accesses = new Int32Array(body.length);
  const free = new Int32Array(body.length);
  const frames: Frame[] = [{ before: 0, outermostTarget: 0 }];
  let region = 0;

  const branchTo = (label: number): void => {
    const frame = frames.at(-1);
    const target = frames.length - 1 - label;
    if (frame !== undefined) frame.outermostTarget = Math.min(frame.outermostTarget, target);
  };
  const close = (row: number): void => {
    const frame = frames.pop();
    const parent = frames.at(-1);
    if (frame === undefined || parent === undefined) return;
    parent.outermostTarget = Math.min(parent.outermostTarget, frame.outermostTarget);
    region = frame.outermostTarget < frames.length ? row + 1 : frame.before;
  };

  for (let row = 0; row < body.length; row++) {
    if (body.live[row] === 0) continue;
    const code = body.codes[row] ?? 0;
    const immediate = body.immediates[row] ?? 0;
    const called = calledType(code, immediate, types);
    const cost =
      instructionCost(code) +
      (called === undefined
        ? 0
        : callPrice + PRICES.callValue * (called.params.length + called.results.length));
    if (accessesMemory(code)) accesses[region] = (accesses[region] ?? 0) + 1;
    else if (cost === 0) free[region] = (free[region] ?? 0) + 1;
    gas[region] = (gas[region] ?? 0) + cost;
    if (opensBlock(code)) {
      frames.push({ before: region, outermostTarget: frames.length });
      if (code !== OP.block) region = row + 1;
    } else if (code === OP.else) {
      region = row + 1;
    } else if (code === OP.end) {
      close(row);
    } else if (code === OP.br) {
      branchTo(immediate);
    } else if (code === OP.brIf) {
      branchTo(immediate);
      region = row + 1;
    } else if (code === OP.brTable) {
      for (const label of body.branchTables.get(row) ?? []) branchTo(label);
    } else if (code === OP.return) {
      branchTo(frames.length - 1);
    }
  }
  for (let row = 0; row < body.length; row++)
    gas[row] = (gas[row] ?? 0) + Math.floor((free[row] ?? 0) / FREE_FOR_ONE_GAS);
  return { gas, accesses };
}

function calledType(code: number, immediate: number, types: FunctionTypes): FunctionType | undefined {
  if (code === OP.call) return types.ofFunction(immediate);
  return code === OP.callIndirect ? types.ofType(immediate) : undefined;
}
