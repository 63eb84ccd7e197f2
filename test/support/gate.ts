import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { newDirectory } from './devnet.js';
import { isFree } from './ports.js';
import { start } from './process.js';

/** A port in front of a server that a test can shut. What goes through it is not looked at. */
export class Gate {
  private readonly connections = new Set<Socket>();
  private state: 'open' | 'holds' | 'shut' = 'open';

  private constructor(
    private readonly server: Server,
    /** Stands for the server's own address. */
    readonly url: string,
  ) {}

  /** Opens a gate before a server, such as `http://127.0.0.1:4001`. */
  static async before(server: string): Promise<Gate> {
    const { hostname, port } = new URL(server);
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const gate = new Gate(listener, `http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
    listener.on('connection', (near) => gate.take(near, () => connect(Number(port), hostname)));
    return gate;
  }

  /** Lets everything through. */
  open(): void {
    this.state = 'open';
    this.cut();
  }

  /** Cuts connections, and takes new ones without answering. */
  hold(): void {
    this.state = 'holds';
    this.cut();
  }

  /** Cuts connections, and refuses new ones. */
  shut(): void {
    this.state = 'shut';
    this.cut();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private take(near: Socket, reach: () => Socket): void {
    this.keep(near);
    if (this.state === 'shut') near.destroy();
    if (this.state !== 'open') return;
    const far = reach();
    this.keep(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.connections.add(socket);
    socket.on('error', () => {}).once('close', () => this.connections.delete(socket));
  }

  private cut(): void {
    for (const socket of this.connections) socket.destroy();
  }
}

/** A blob store of a test's own, which everybody reaches through a gate. */
export async function gatedStore(rpc: string): Promise<Gate> {
  const port = await freePort();
  const gate = await Gate.before(`http://127.0.0.1:${port}`);
  const where = ['--dir', await newDirectory(), '--port', String(port), '--url', gate.url, '--node', rpc];
  const store = start(['blobs', 'start', ...where]);
  await store.says(/blobs at/);
  return gate;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}
