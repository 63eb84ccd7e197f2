import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers each question with what a test says. */
export class FakeIndex {
  /** Of each question: the text to answer, or undefined to stay silent. */
  answer: (question: {
    readonly query?: string;
    readonly variables: Readonly<Record<string, unknown>>;
  }) => string | undefined = () => '';
  readonly questions: Readonly<Record<string, unknown>>[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeIndex> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const question = JSON.parse(Buffer.concat(chunks).toString());
      index.questions.push(question);
      const text = index.answer(question);
      if (text !== undefined) response.end(text);
    });
    const index = new FakeIndex(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return index;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/graphql`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
