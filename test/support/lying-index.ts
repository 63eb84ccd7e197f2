import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an index answers, as far as tests lie about it. */
export interface IndexAnswer {
  data: Record<string, unknown> | null;
  extensions: { chainId: string; height: number };
}

/** An index between a client and a real one that changes what is asked and what is answered. */
export class LyingIndex {
  /** What it does to answers. */
  lie: (answer: IndexAnswer) => unknown = (answer) => answer;
  /** Answers this text instead. */
  says: string | undefined;
  /** Questions that it was asked. */
  asked = 0;
  readonly #server: Server;

  private constructor(real: string) {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.asked += 1;
      if (this.says !== undefined) return response.end(this.says);
      const answer = await fetch(real, {
        method: 'POST',
        body: Buffer.concat(chunks),
        headers: { 'content-type': 'application/json' },
      });
      response.end(JSON.stringify(this.lie((await answer.json()) as IndexAnswer)));
    });
  }

  static async before(real: string): Promise<LyingIndex> {
    const index = new LyingIndex(real);
    await new Promise<void>((resolve) => index.#server.listen(0, '127.0.0.1', resolve));
    return index;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
