import type { EngineKind } from '../engine.js';
import { chromium } from './chromium.js';
import { jsc, node, spidermonkey } from './shells.js';

/** The engines that run the runtime itself. */
export const javascriptEngines: readonly EngineKind[] = [node, chromium, jsc, spidermonkey];
