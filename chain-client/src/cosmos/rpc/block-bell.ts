import WebSocket from 'isomorphic-ws';

const subscription = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'subscribe',
  params: { query: "tm.event='NewBlockHeader'" },
});

/** Between two attempts to connect. */
const retryMs = 2_000;
/** How long to keep a connection that nobody listens to. */
const restMs = 5_000;

/**
 * Rings when an endpoint announces a block over its websocket. Only a hint: announcements can be dropped and the
 * connection lost, so whoever listens looks by itself too.
 */
export class BlockBell {
  #socket: WebSocket | undefined;
  #endpoint = '';
  #retryAt = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly ring: () => void) {}

  /** Listens to this endpoint from now on, and connects again where the connection was lost. */
  listen(endpoint: string): void {
    clearTimeout(this.#resting);
    if ((this.#socket && endpoint === this.#endpoint) || Date.now() < this.#retryAt) return;
    this.close();
    this.#endpoint = endpoint;
    this.#retryAt = Date.now() + retryMs;
    this.#socket = this.#connect(`${endpoint.replace(/^http/, 'ws').replace(/\/$/, '')}/websocket`);
  }

  /** Nobody listens for now: hangs up if that lasts. */
  rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.close(), restMs);
  }

  /** Hangs up at once. */
  close(): void {
    clearTimeout(this.#resting);
    this.#socket?.close();
    this.#socket = undefined;
  }

  #connect(url: string): WebSocket {
    const socket = new WebSocket(url);
    const lost = () => {
      if (this.#socket === socket) this.#socket = undefined;
    };
    socket.onopen = () => socket.send(subscription);
    socket.onmessage = () => this.ring();
    socket.onerror = lost;
    socket.onclose = lost;
    return socket;
  }
}
