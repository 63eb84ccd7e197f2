// Serves the file named by one contender, tells its port to the parent, and its processor time whenever it is asked.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createGraphqlServer } from '@dmcn/graphql';
import { contextOf, schema } from '@dmcn/graphql/testing';
import fastify from 'fastify';
import { createYoga } from 'graphql-yoga';
import mercurius from 'mercurius';
import { cpuTime } from '../cpu-time.js';
import type { Contender } from './contenders.js';
import { bodyOf, operationNames, operations } from './operations.js';

const listen = async (listener: RequestListener): Promise<number> => {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const portOf = (url: string) => Number(new URL(url).port);

const textOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.once('error', reject);
  });

const answering = (answer: (body: string) => Buffer | string): RequestListener => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return (request, response) => {
    void textOf(request).then((body) => {
      const bytes = answer(body);
      response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(bytes) });
      response.end(bytes);
    });
  };
};

const withMercurius = async (dbPath: string, jit: number): Promise<number> => {
  const app = fastify();
  const context = contextOf(dbPath);
  await app.register(mercurius, { schema, jit, context: () => ({ ...context }) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
};

const serve: Readonly<Record<Contender, (dbPath: string) => Promise<number>>> = {
  cached: async (dbPath) => portOf((await createGraphqlServer({ dbPath, port: 0 })).url),
  uncached: async (dbPath) => portOf((await createGraphqlServer({ dbPath, port: 0, cacheBytes: 0 })).url),
  yoga: async (dbPath) => {
    const context = contextOf(dbPath);
    return listen(createYoga({ schema, context: () => ({ ...context }), logging: false }));
  },
  apollo: async (dbPath) => {
    const context = contextOf(dbPath);
    const apollo = new ApolloServer({ schema });
    const { url } = await startStandaloneServer(apollo, {
      listen: { port: 0, host: '127.0.0.1' },
      context: async () => ({ ...context }),
    });
    return portOf(url);
  },
  mercurius: (dbPath) => withMercurius(dbPath, 0),
  mercuriusJit: (dbPath) => withMercurius(dbPath, 1),
  httpSql: async (dbPath) => {
    const { reader } = contextOf(dbPath);
    const byQuery = new Map(
      operationNames.map((name) => [operations[name].query as string, operations[name]]),
    );
    return listen(
      answering((body) => {
        const { query } = JSON.parse(body) as { query: string };
        return JSON.stringify({ data: reader.snapshot(() => byQuery.get(query)?.byHand(reader)) });
      }),
    );
  },
  httpBytes: async (dbPath) => {
    const { reader } = contextOf(dbPath);
    const bytes = new Map(
      operationNames.map((name) => [
        bodyOf(name),
        Buffer.from(JSON.stringify({ data: operations[name].byHand(reader) })),
      ]),
    );
    return listen(answering((body) => bytes.get(body) ?? ''));
  },
};

const [kind = 'cached', dbPath = ''] = process.argv.slice(2);
const port = await serve[kind as Contender](dbPath);
process.on('message', () => process.send?.({ cpu: cpuTime() }));
process.on('disconnect', () => process.exit(0));
process.send?.({ port });
