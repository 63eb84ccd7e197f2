import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a node answers, as far as tests lie about it. */
export interface Answer {
  readonly status: { node_info: { network: string }; sync_info: Record<string, string> };
  readonly abci_query: { response: { code: number; log: string } };
  readonly abci_info: { response: { last_block_height: string } };
  readonly block: {
    block_id: { hash: string };
    block: { header: { last_block_id: { hash: string } } };
  };
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
      const document = (await answer.json()) as { result?: never };
      const { id, method } = JSON.parse(body) as { id: number; method: keyof Answer };
      try {
        if (document.result !== undefined) this.lies[method]?.(document.result);
        response.end(JSON.stringify(document));
      } catch (error) {
        const data = error instanceof Error ? error.message : error;
        response.end(
          JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32603, message: 'Internal error', data } }),
        );
      }
    });
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
