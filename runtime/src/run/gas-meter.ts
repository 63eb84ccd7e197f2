import { UnitEnd } from './unit-end.js';

/** The host's side of the gas counter that the instrumented module keeps in a global. */
export class GasMeter {
  constructor(private readonly counter: () => WebAssembly.Global<'i64'>) {}

  /** Takes gas for work of the host. @throws UnitEnd with OUT_OF_GAS if there is less. */
  charge(amount: number): void {
    const left = this.counter();
    left.value -= BigInt(amount);
    if (left.value < 0n) throw new UnitEnd('OUT_OF_GAS');
  }
}
