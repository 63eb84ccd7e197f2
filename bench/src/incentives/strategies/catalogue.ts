import { OTHERS } from './others.js';
import type { Strategy } from './strategy.js';
import { WORKERS } from './workers.js';

export { type Opportunity, type Strategy, statedMargin, termsOf } from './strategy.js';

/** Every way to cheat. */
export const STRATEGIES: readonly Strategy[] = [...WORKERS, ...OTHERS];
