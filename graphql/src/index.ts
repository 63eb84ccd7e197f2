export { type AppOptions, createApp } from './app.js';
export { createGraphqlServer, type GraphqlServer, ListenError, type ServerOptions } from './server.js';
