import type { EngineKind } from './engine.js';
import { goHostEngines } from './go-host/kinds.js';
import { javascriptEngines } from './javascript/kinds.js';

/** Every engine that is compared, the one that the others are held against first. */
export const ENGINE_KINDS: readonly EngineKind[] = [...javascriptEngines, ...goHostEngines];
