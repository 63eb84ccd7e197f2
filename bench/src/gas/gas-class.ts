import type { Program } from './program.js';

/** Work of one kind whose time is set against its gas. */
export interface GasClass {
  readonly name: string;
  readonly group: 'arithmetic' | 'memory' | 'growth' | 'bulk' | 'control' | 'host' | 'unit' | 'preparation';
  readonly args?: readonly string[];
  readonly input?: Uint8Array;
}

/** Turns of a loop: its gas and time are those of a turn. */
export interface LoopClass extends GasClass {
  readonly program: Program;
}

/** A whole unit, from its request to its result; of the group `preparation` with check, instrumentation and compilation. */
export interface UnitClass extends GasClass {
  readonly group: 'unit' | 'preparation';
  /** The module's text, or its bytes. */
  readonly module: () => string | Uint8Array;
}
