import type { Server } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { App } from './app.js';
import { MAX_BODY_BYTES } from './plugins/routes.js';

/** Operations that one socket may have under way. */
const PER_SOCKET = 100;

type Execute = (args: ExecutionArgs) => never;
interface Root {
  readonly execute: Execute;
  readonly subscribe: Execute;
}

/** Serves operations over WebSockets (graphql-transport-ws) beside the HTTP server. Returns how to end it. */
export const serveWebSockets = (server: Server, { yoga, persisted }: App): (() => Promise<void>) => {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_BODY_BYTES });
  const disposable = useServer(
    {
      execute: (args) => (args.rootValue as Root).execute(args),
      subscribe: (args) => (args.rootValue as Root).subscribe(args),
      onSubscribe: async (ctx, _id, params) => {
        if (Object.keys(ctx.subscriptions).length > PER_SOCKET) {
          ctx.extra.socket.close(4429, 'too many operations');
          return;
        }
        try {
          const query = persisted.textOf(params);
          const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
            ...ctx,
            req: ctx.extra.request,
            socket: ctx.extra.socket,
            params: { ...params, query },
          });
          const document = parse(query ?? '');
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          return {
            schema,
            operationName: params.operationName,
            document,
            variableValues: params.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          };
        } catch (error) {
          // what the operation is to blame for ends the operation, not the socket
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
    },
    sockets,
  );
  return async () => {
    await disposable.dispose();
  };
};
