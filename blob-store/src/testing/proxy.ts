import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface ProxyOptions {
  /** Bytes in one direction after which a connection is cut. */
  readonly cutAfter?: { readonly up?: number; readonly down?: number };
  /** Bytes a second that a connection takes upwards. */
  readonly upPerSecond?: number;
}

/** A bad way to a server on this machine; counts the bytes that went through. */
export interface Proxy {
  readonly url: string;
  readonly sent: { up: number; down: number; connections: number };
}

/** Puts a bad connection before a server until the test ends. */
export async function startProxy(port: number, { cutAfter = {}, upPerSecond }: ProxyOptions): Promise<Proxy> {
  const sent = { up: 0, down: 0, connections: 0 };
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    sent.connections += 1;
    const server = connect(port, '127.0.0.1');
    // What has gone through arrives; what has not is lost.
    const cut = () => {
      if (cutAfter.down === undefined) client.destroy();
      else client.end(() => client.destroy());
      server.end(() => server.destroy());
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    const pass = (from: Socket, to: Socket, way: 'up' | 'down') => {
      let passed = 0;
      from.on('data', async (chunk) => {
        from.pause();
        sent[way] += chunk.length;
        passed += chunk.length;
        await new Promise((resolve) => to.write(chunk, resolve));
        if (way === 'up' && upPerSecond) await sleep((1_000 * chunk.length) / upPerSecond);
        if (passed > (cutAfter[way] ?? Number.POSITIVE_INFINITY)) cut();
        else from.resume();
      });
    };
    pass(client, server, 'up');
    pass(server, client, 'down');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, sent };
}
