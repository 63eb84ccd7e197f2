// Who may import whom: CONTRIBUTING.md. Packages are folders; tests may also use development tools.
const packages = {
  protocol: [],
  runtime: [],
  'blob-store': [],
  'chain-client': ['protocol'],
  requester: ['protocol', 'chain-client', 'runtime', 'blob-store'],
  worker: ['protocol', 'chain-client', 'runtime', 'blob-store'],
  referee: ['protocol', 'chain-client', 'runtime', 'blob-store'],
  indexer: ['protocol', 'chain-client'],
  graphql: ['indexer'],
  dashboard: [],
  modules: ['runtime'],
  conformance: ['protocol', 'runtime', 'modules'],
  devnet: ['protocol', 'chain-client', 'runtime', 'blob-store', 'requester', 'worker', 'indexer', 'graphql'],
  cli: [
    'protocol',
    'chain-client',
    'runtime',
    'blob-store',
    'requester',
    'worker',
    'referee',
    'indexer',
    'graphql',
    'modules',
    'devnet',
  ],
};

packages.bench = [...packages.devnet, 'modules', 'conformance', 'devnet'];

const coresWithoutNode = ['protocol', 'runtime', 'chain-client', 'blob-store', 'worker'];

const layering = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name}-imports`,
  comment: `${name} may import ${allowed.join(', ') || 'no other package'}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: {
    path: `^(${[...Object.keys(packages), 'test'].join('|')})/`,
    pathNot: `^(${[name, ...allowed].join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...layering,
    {
      name: 'cosmjs-in-cosmos-only',
      severity: 'error',
      from: { pathNot: '^chain-client/src/cosmos/|^node_modules/' },
      to: { path: 'node_modules/(@cosmjs|cosmjs-types)/' },
    },
    {
      name: 'polkadot-in-substrate-only',
      severity: 'error',
      from: { pathNot: '^chain-client/src/substrate/|^node_modules/' },
      to: { path: 'node_modules/@polkadot/' },
    },
    {
      name: 'database-in-store-only',
      severity: 'error',
      from: { pathNot: '^indexer/src/store/|^indexer/drizzle.config.ts$|^node_modules/' },
      to: { path: 'node_modules/(drizzle-orm|better-sqlite3)/' },
    },
    {
      name: 'cores-without-node',
      comment: 'the same core runs in a browser: Node edges sit in src/node/',
      severity: 'error',
      from: {
        path: `^(${coresWithoutNode.join('|')})/src/`,
        pathNot: '/src/node/|\\.test\\.ts$|/src/conformance/|/src/testing/',
      },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '/gen/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
