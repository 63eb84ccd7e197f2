import { digitsInputs, moduleBytes } from '@dmcn/modules';
import { createExecutor } from '@dmcn/runtime/node';

/** Milliseconds from asking for a small unit to its result. */
export interface Start {
  /** A new process, in which the module is checked, instrumented and compiled. */
  readonly cold: number;
  /** The process that has just done such a unit. */
  readonly warm: number;
}

/** Starts a unit of `digits`, one image, in a new process, and then further ones in it. */
export async function measureStart(): Promise<Start> {
  const executor = createExecutor();
  try {
    const module = await moduleBytes('digits');
    const input = digitsInputs({ units: 1, imagesPerUnit: 1 })[0]?.bytes ?? new Uint8Array();
    const request = { module, input, unit: 0, args: [], gasLimit: 2_000_000_000n, memoryLimit: 64 << 20 };
    const timed = async (): Promise<number> => {
      const start = performance.now();
      const { status } = await executor.run(request);
      if (status !== 'OK') throw new Error(`a unit of digits ended with ${status}`);
      return performance.now() - start;
    };
    const cold = await timed();
    await timed();
    return { cold, warm: await timed() };
  } finally {
    await executor.close();
  }
}
