import type { EngineKind } from './engine.js';
import { chromium } from './javascript/chromium.js';
import { jsc, node, spidermonkey } from './javascript/shells.js';

/** Every engine that is compared, the one that the others are held against first. */
export const ENGINE_KINDS: readonly EngineKind[] = [node, chromium, jsc, spidermonkey];
