import { type Leaf, outputHash } from '@dmcn/protocol';
import type { UnitResult } from '@dmcn/runtime';
import type { UnitRequest } from './cheater.js';

/** A result that costs nothing: the same for everybody who makes it up, with all the gas that can be charged. */
export const madeUp = ({ unit, gasLimit }: Pick<UnitRequest, 'unit' | 'gasLimit'>): UnitResult => ({
  status: 'OK',
  statusCode: 0,
  exitCode: 0,
  gas: gasLimit,
  output: new TextEncoder().encode(`made up for unit ${unit}`),
});

/** A true result with another output. */
export const falsified = ({ output, ...rest }: UnitResult): UnitResult => ({
  ...rest,
  output: output.length === 0 ? Uint8Array.of(1) : output.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
});

/** What a worker vouches for that has this result. */
export const leafOf = ({ status, exitCode, gas, output }: UnitResult): Leaf => ({
  status,
  exitCode,
  gas,
  outputHash: outputHash(output),
});
