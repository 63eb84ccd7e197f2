import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { DirectExecutor } from './direct.js';
import { Heights } from './heights.js';
import { IndexReader } from './index-reader.js';
import { operationsOf } from './manifest.js';
import type { Outcome } from './outcome.js';
import { Persisted, type PersistedOptions } from './persisted.js';
import { LIMITS, limits } from './plugins/limits.js';
import { persisted } from './plugins/persisted.js';
import { routes } from './plugins/routes.js';
import { snapshot } from './plugins/snapshot.js';
import { schema } from './schema/index.js';
import { dashboardDir, Site } from './site.js';
import { SlowOperations } from './slow/slow-operations.js';

export interface AppOptions {
  /** The indexer's database file. It may come into being later. */
  readonly dbPath: string;
  /** Serves a page to try operations at `/graphql`. */
  readonly graphiql?: boolean;
  /** Files of the page at `/`; the built dashboard beside this package unless given. */
  readonly siteDir?: string;
  /** Whether the schema may be asked for; true unless given. */
  readonly introspection?: boolean;
  /** Origins whose pages may ask; any unless given. */
  readonly origins?: readonly string[];
  readonly persisted?: PersistedOptions;
  /** Milliseconds that an operation may run. */
  readonly timeMs?: number;
}

/**
 * The API without a socket: `yoga.fetch` answers requests, and `yoga` is a request listener for `node:http`.
 * Throws `OutdatedIndexError` for a file that another version wrote.
 */
export const createApp = (options: AppOptions) => {
  const { dbPath, graphiql = false, siteDir = dashboardDir, introspection = true } = options;
  const { timeMs = LIMITS.timeMs } = options;
  const index = new IndexReader(dbPath);
  index.current();
  const heights = new Heights(index);
  const slow = new SlowOperations(dbPath, timeMs);
  const { operations = new Map(), only = false } = options.persisted ?? {};
  const known = new Persisted({ operations: new Map([...operationsOf(siteDir), ...operations]), only });
  const yoga = createYoga<{ readonly outcome?: Outcome }>({
    schema,
    graphiql: graphiql && { title: 'dmcn' },
    landingPage: false,
    healthCheckEndpoint: '/live',
    maskedErrors: { isDev: false },
    cors: {
      origin: [...(options.origins ?? ['*'])],
      credentials: false,
      methods: ['GET', 'POST', 'OPTIONS'],
    },
    batching: { limit: LIMITS.batch },
    plugins: [
      routes(index, Site.in(siteDir)),
      persisted(known),
      ...limits(),
      ...(introspection ? [] : [withoutIntrospection]),
      snapshot({ index, heights, slow, timeMs }),
    ],
  });
  const close = async () => {
    await slow.close();
    heights.close();
    index.close();
  };
  const direct = new DirectExecutor(index, heights, slow);
  return { yoga, heights, direct, persisted: known, close };
};

export type App = ReturnType<typeof createApp>;

const withoutIntrospection: Plugin = {
  onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule),
};
