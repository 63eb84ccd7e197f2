import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a node answers, as far as tests lie about it. */
export interface Answer {
  readonly status: { node_info: { network: string }; sync_info: Record<string, string> };
  readonly abci_query: { response: { code: number; log: string } };
  readonly abci_info: { response: { last_block_height: string } };
  readonly block_results: { height: string };
  readonly block: {
    block_id: { hash: string };
    block: { header: { last_block_id: { hash: string } } };
  };
}

interface Call {
  readonly id: number;
  readonly method: keyof Answer;
}

interface Told {
  readonly id: number;
  readonly result?: never;
}

/** Changes the answers of some methods; what one throws is the node's error. */
export type Lies = { readonly [M in keyof Answer]?: (result: Answer[M]) => void };

/** A node between a client and a real one that changes answers. */
export class LyingNode {
  lies: Lies = {};
  /** Answers with HTML instead. */
  garbage = false;
  readonly #server: Server;

  private constructor(real: string) {
    this.#server = createServer(async (request, response) => {
      if (request.method !== 'POST') return response.writeHead(404).end();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      if (this.garbage) return response.end('<html>502 Bad Gateway</html>');
      const body = Buffer.concat(chunks).toString();
      const answer = await fetch(real, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      const calls = JSON.parse(body) as Call | Call[];
      // A node answers a batch of one with one answer, not with a list of one.
      const told = [await answer.json()].flat() as Told[];
      const lied = told.map((one) => this.#lied([calls].flat().find(({ id }) => id === one.id)?.method, one));
      response.end(JSON.stringify(lied.length > 1 ? lied : lied[0]));
    });
  }

  #lied(method: keyof Answer | undefined, told: Told): unknown {
    try {
      if (method && told.result !== undefined) this.lies[method]?.(told.result);
      return told;
    } catch (error) {
      const data = error instanceof Error ? error.message : error;
      return { jsonrpc: '2.0', id: told.id, error: { code: -32603, message: 'Internal error', data } };
    }
  }

  static async before(real: string): Promise<LyingNode> {
    const node = new LyingNode(real);
    await new Promise<void>((resolve) => node.#server.listen(0, '127.0.0.1', resolve));
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
