/** One module with one input: what every engine has to agree on. */
export interface Case {
  /** Names it in reports: `corpus/sqlite/queries`, `edge/recursion`, `random/17`. */
  readonly name: string;
  /** The raw module, as published. */
  readonly module: Uint8Array;
  readonly input: Uint8Array;
  readonly args: readonly string[];
  readonly unit: number;
  readonly gasLimit: bigint;
  /** In bytes. */
  readonly memoryLimit: number;
}
