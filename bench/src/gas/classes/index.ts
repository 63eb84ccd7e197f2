import type { LoopClass, UnitClass } from '../gas-class.js';
import { arithmetic } from './arithmetic.js';
import { bulks } from './bulk.js';
import { controls } from './control.js';
import { hosts } from './host.js';
import { memory } from './memory.js';
import { units } from './units.js';

/** Every class of work that gas is measured for. */
export const CLASSES: readonly (LoopClass | UnitClass)[] = [
  ...arithmetic,
  ...memory,
  ...bulks,
  ...controls,
  ...hosts,
  ...units,
];
