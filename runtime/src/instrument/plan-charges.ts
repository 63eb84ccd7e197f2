import { instructionCost } from '../profile/costs.js';
import { OP, opensBlock } from '../wasm/opcodes.js';
import type { FunctionBody } from './function-body.js';

/** An open block while a body is walked. */
interface Frame {
  /** Row at which the gas of what comes before the block is charged. */
  readonly before: number;
  /** The outermost open block that a branch from inside of this one goes to, by its position from the function's own. */
  outermostTarget: number;
}

/**
 * Divides a body into straight-line regions and gives the gas to charge before each row (0 where none is charged).
 *
 * A region starts at the function's entry, at a loop's body, at each arm of an `if` and behind a `br_if`. What
 * follows a block belongs to the region before it, unless something inside branches past the block's end: then it
 * may not be reached, and is a region of its own.
 */
export function planCharges(body: FunctionBody): Int32Array {
  const charges = new Int32Array(body.length);
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
    charges[region] = (charges[region] ?? 0) + instructionCost(code);
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
  return charges;
}
