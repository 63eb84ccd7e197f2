/** What the frame of a function may have to hold. */
export interface Frame {
  readonly parameters: number;
  /** Beside the parameters. */
  readonly locals: number;
  readonly results: number;
  /** Operands where there are most of them. */
  readonly operands: number;
  /** Instructions that compute a value: loads, arithmetic, comparisons. */
  readonly computed: number;
}

/**
 * Words that a frame takes as the engines leave the code at first, an interpreter of WebAssembly most of all: JavaScriptCore keeps
 * two words for each local and operand, and a parameter once more where the caller passed it.
 */
export const STACK_WORDS = { frame: 26, parameter: 3, local: 2, operand: 2, result: 1 } as const;

/**
 * Words that it takes once it is optimised. So many computed values take one more: an optimiser may keep values that
 * the program computes twice, or anew in each turn of a loop.
 */
export const OPTIMISED_STACK_WORDS = { frame: 12, value: 1, computedValues: 2 } as const;

/** Words of 8 bytes that a call is charged of `LIMITS.stackWords`: what its frame takes where it takes most. */
export function frameWords({ parameters, locals, results, operands, computed }: Frame): number {
  const plain =
    STACK_WORDS.frame +
    STACK_WORDS.parameter * parameters +
    STACK_WORDS.local * locals +
    STACK_WORDS.operand * operands +
    STACK_WORDS.result * results;
  const optimised =
    OPTIMISED_STACK_WORDS.frame +
    OPTIMISED_STACK_WORDS.value * (parameters + locals + operands) +
    Math.ceil(computed / OPTIMISED_STACK_WORDS.computedValues);
  return Math.max(plain, optimised);
}
