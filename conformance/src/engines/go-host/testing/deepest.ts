import { command, recursive } from '@dmcn/runtime/testing/wat';
import type { Case } from '../../../case.js';
import { casesOf } from '../../../corpus/program.js';
import { onNode } from './on-node.js';

/** Recursion as deep as the input says. */
const recursion = (...frame: Parameters<typeof recursive>): Uint8Array =>
  command(
    `(i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 4))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))) (call $r (i32.load (i32.const 16)))`,
    recursive(...frame),
  );

const SHAPES = [
  ['i32', 0, 0],
  ['i64', 480, 0],
  ['f64', 20, 200],
] as const;

/** For several shapes of frames: the deepest recursion that the stack counter accepts, and one call more. */
export async function deepest(): Promise<[fits: Case, tooDeep: Case][]> {
  return Promise.all(
    SHAPES.map(async ([type, locals, operands]) => {
      const name = `recursion/${type}-${locals}-${operands}`;
      const module = recursion(type, locals, operands);
      const at = (calls: number): Case => {
        const input = new Uint8Array(Uint32Array.of(calls).buffer);
        return casesOf({ name, module, runs: [{ name: `${calls}-calls`, input }] })[0] as Case;
      };
      let [fits, tooDeep] = [0, 65_536];
      while (tooDeep - fits > 1) {
        const middle = (fits + tooDeep) >> 1;
        const outcome = await onNode(at(middle));
        if (outcome.kind === 'result' && outcome.status === 'OK') fits = middle;
        else tooDeep = middle;
      }
      return [at(fits), at(tooDeep)];
    }),
  );
}
