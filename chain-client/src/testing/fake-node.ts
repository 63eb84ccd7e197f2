import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** How a node misbehaves instead of answering. */
export type Fault = 'garbage' | 'truncated' | 'hang' | 'close' | 'http-500' | 'wrong-shape';

/** An error that a node answers with. */
export class FakeRpcError extends Error {}

/** Answers one JSON-RPC method; throws `FakeRpcError`. */
export type Handler = (params: Record<string, unknown>) => unknown;

/** A JSON-RPC answer. */
export type Answer = Readonly<Record<string, unknown>>;

interface Asked {
  readonly id: unknown;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

/** A JSON-RPC server on a port of its own that can be told to fail in every way that real ones do. */
export class FakeNode {
  /** Decides what goes wrong with a request before it is handled, or after it was (its effects stay, its answer is lost). */
  fault: (method: string) => { before?: Fault; after?: Fault } = () => ({});
  /** Whether websockets are accepted; else whoever wants one waits for ever. */
  opensSockets = true;
  /** Requests that it takes in one batch; it refuses longer ones as nodes do, and all where this is 0. */
  longestBatch = 10;
  /** Changes the answers to a batch before they are sent. */
  shuffle: (answers: readonly Answer[]) => readonly Answer[] = (answers) => answers;
  /** Methods that were asked for, in order. */
  readonly asked: string[] = [];
  /** How many requests each batch had that was answered, in order. */
  readonly batches: number[] = [];
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #hanging = new Set<ServerResponse>();
  readonly #unopened: Duplex[] = [];
  #server: Server | undefined;
  #sockets: WebSocketServer | undefined;
  #port = 0;

  constructor(handlers: Readonly<Record<string, Handler>>) {
    this.#handlers = new Map(Object.entries(handlers));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts listening; after a stop, on the same port. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    const sockets = new WebSocketServer({ noServer: true });
    this.#sockets = sockets;
    server.on('upgrade', (request, socket, head) => {
      if (!this.opensSockets) this.#unopened.push(socket);
      else sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  /** Dies: open connections are cut. */
  async stop(): Promise<void> {
    this.dropSockets();
    for (const waiting of [...this.#hanging, ...this.#unopened]) waiting.destroy();
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  /** Sends something to all who subscribed. */
  announce(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.send('{}');
  }

  /** Number of open websockets. */
  get listeners(): number {
    return this.#sockets?.clients.size ?? 0;
  }

  /** Number of websockets that were asked for and never opened. */
  get unopened(): number {
    return this.#unopened.length;
  }

  /** Cuts all websockets. */
  dropSockets(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = JSON.parse(Buffer.concat(chunks).toString());
    if (Array.isArray(asked)) return this.#serveBatch(asked, request, response);
    const { id, method, params }: Asked = asked;
    this.asked.push(method);
    const { before, after } = this.fault(method);
    if (before) return this.#fail(before, id, request, response);
    const answer = this.#handle(method, params);
    if (after) return this.#fail(after, id, request, response);
    this.#send(response, { jsonrpc: '2.0', id, ...answer }, 'error' in answer ? 500 : 200);
  }

  #serveBatch(asked: readonly Asked[], request: IncomingMessage, response: ServerResponse): void {
    if (asked.length > this.longestBatch) {
      const data = `batch request exceeds maximum (${this.longestBatch}) allowed number of requests`;
      const error = { code: -32600, message: 'Invalid Request', data };
      this.#send(response, { jsonrpc: '2.0', id: null, error });
      return;
    }
    this.asked.push(...asked.map(({ method }) => method));
    const faults = asked.map(({ method }) => this.fault(method));
    for (const [i, { before, after }] of faults.entries()) {
      const fault = before ?? after;
      if (!fault || fault === 'wrong-shape') continue;
      this.#fail(fault, asked[i]?.id, request, response);
      return;
    }
    this.batches.push(asked.length);
    const answers = asked.map(({ id, method, params }, i): Answer => {
      const spoilt = faults[i]?.before ?? faults[i]?.after;
      return { jsonrpc: '2.0', id, ...(spoilt ? { result: { height: [] } } : this.#handle(method, params)) };
    });
    const sent = this.shuffle(answers);
    // As CometBFT does: one answer is no list.
    this.#send(response, sent.length === 1 ? sent[0] : sent);
  }

  #send(response: ServerResponse, answer: unknown, status = 200): void {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  #handle(method: string, params: Record<string, unknown>): { result: unknown } | { error: unknown } {
    try {
      return { result: this.#handlers.get(method)?.(params) };
    } catch (error) {
      if (error instanceof FakeRpcError) {
        return { error: { code: -32603, message: 'Internal error', data: error.message } };
      }
      throw error;
    }
  }

  #fail(fault: Fault, id: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (fault === 'close') request.socket.destroy();
    else if (fault === 'hang') this.#hanging.add(response);
    else if (fault === 'garbage') response.end('<html>502</html>');
    else if (fault === 'truncated') response.end(`{"jsonrpc":"2.0","id":${id},"result":{"resp`);
    else if (fault === 'wrong-shape')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { height: [] } }));
    else response.writeHead(500).end('oops');
  }
}
