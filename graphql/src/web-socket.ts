import type { Server } from 'node:http';
import type { ExecutionArgs } from 'graphql';
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
export const serveWebSockets = (server: Server, { yoga }: App): (() => Promise<void>) => {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_BODY_BYTES });
  const underWay = new WeakMap<object, number>();
  const disposable = useServer(
    {
      execute: (args) => (args.rootValue as Root).execute(args),
      subscribe: (args) => (args.rootValue as Root).subscribe(args),
      onSubscribe: async (ctx, _id, params) => {
        const count = (underWay.get(ctx.extra.socket) ?? 0) + 1;
        if (count > PER_SOCKET) {
          ctx.extra.socket.close(4429, 'too many operations');
          return;
        }
        underWay.set(ctx.extra.socket, count);
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          ...ctx,
          req: ctx.extra.request,
          socket: ctx.extra.socket,
          params,
        });
        const document = parse(params.query);
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
      },
      onComplete: (ctx) => {
        underWay.set(ctx.extra.socket, Math.max((underWay.get(ctx.extra.socket) ?? 1) - 1, 0));
      },
    },
    sockets,
  );
  return async () => {
    await disposable.dispose();
  };
};
