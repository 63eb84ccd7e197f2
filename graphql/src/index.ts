export { type AppOptions, createApp } from './app.js';
export { byHash, ManifestError, readManifest } from './manifest.js';
export type { PersistedOptions } from './persisted.js';
export { createGraphqlServer, type GraphqlServer, ListenError, type ServerOptions } from './server.js';
