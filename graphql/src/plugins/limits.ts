import { costLimitPlugin } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import type { Plugin } from 'graphql-yoga';

/** What an operation may be at most, before anything is read for it. */
export const LIMITS = {
  /** Levels of fields; a connection takes three. */
  depth: 16,
  /** Fields that it may give, as far as page sizes are written into it. */
  cost: 50_000,
  aliases: 20,
  directives: 20,
  tokens: 2_000,
  /** Rows that it may read, counted while it runs. */
  rows: 10_000,
  /** Milliseconds that it may run. */
  timeMs: 2_000,
  /** Operations in one request. */
  batch: 10,
} as const;

/** Refuses operations beyond the limits, with a message that names the limit. */
export const limits = (): Plugin[] => [
  maxTokensPlugin({ n: LIMITS.tokens }),
  maxDepthPlugin({ n: LIMITS.depth }),
  maxAliasesPlugin({ n: LIMITS.aliases }),
  maxDirectivesPlugin({ n: LIMITS.directives }),
  costLimitPlugin({ maxCost: LIMITS.cost, depthCostFactor: 1 }),
];
