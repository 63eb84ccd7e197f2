import { createYoga } from 'graphql-yoga';
import { Heights } from './heights.js';
import { IndexReader } from './index-reader.js';
import { limits } from './plugins/limits.js';
import { routes } from './plugins/routes.js';
import { snapshot } from './plugins/snapshot.js';
import { schema } from './schema/index.js';
import { dashboardDir, Site } from './site.js';

export interface AppOptions {
  /** The indexer's database file. It may come into being later. */
  readonly dbPath: string;
  /** Serves a page to try operations at `/graphql`. */
  readonly graphiql?: boolean;
  /** Files of the page at `/`; the built dashboard beside this package unless given. */
  readonly siteDir?: string;
}

/**
 * The API without a socket: `yoga.fetch` answers requests, and `yoga` is a request listener for `node:http`.
 * Throws `OutdatedIndexError` for a file that another version wrote.
 */
export const createApp = ({ dbPath, graphiql = false, siteDir = dashboardDir }: AppOptions) => {
  const index = new IndexReader(dbPath);
  index.current();
  const heights = new Heights(index);
  const yoga = createYoga({
    schema,
    graphiql: graphiql && { title: 'dmcn' },
    landingPage: false,
    healthCheckEndpoint: '/live',
    maskedErrors: { isDev: false },
    cors: { origin: '*', credentials: false, methods: ['GET', 'POST', 'OPTIONS'] },
    batching: false,
    plugins: [routes(index, Site.in(siteDir)), ...limits(), snapshot(index, heights)],
  });
  const close = () => {
    heights.close();
    index.close();
  };
  return { yoga, close };
};
