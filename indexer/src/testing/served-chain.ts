import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { type Block, type ChainStatus, EndpointUnreachableError } from '@dmcn/chain-client';
import { pause } from '../source/retry.js';
import type { BlockClient } from '../source/source.js';
import { clientOf, fetching } from './client.js';

const POLL_MS = 3;

/** A chain whose blocks come when told and are served over HTTP, as a node does, to indexers in other processes. */
export class ServedChain {
  readonly #arrived: Block[] = [];
  readonly #server: Server;

  private constructor(
    readonly chainId: string,
    readonly blocks: readonly Block[],
  ) {
    const client = clientOf(chainId, this.#arrived);
    const answer = async (path: string) => {
      const [, what, height] = path.split('/');
      return what === 'block' ? client.fetchBlock(Number(height)) : client.status();
    };
    this.#server = createServer((request, response) => {
      answer(request.url ?? '').then(
        (document) => response.end(serialize(document)),
        () => response.writeHead(404).end(),
      );
    });
  }

  /** Starts serving; no block has come yet. */
  static async start(chainId: string, blocks: readonly Block[]): Promise<ServedChain> {
    const chain = new ServedChain(chainId, blocks);
    await new Promise<void>((resolve) => chain.#server.listen(0, '127.0.0.1', resolve));
    return chain;
  }

  /** The next blocks come. */
  arrive(count = 1): void {
    this.#arrived.push(...this.blocks.slice(this.height, this.height + count));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Blocks that have come. */
  get height(): number {
    return this.#arrived.length;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A client of a served chain, which tells when it got a block. */
export const servedClient = (url: string, chainId: string, onBlock = () => {}): BlockClient => {
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}/${path}`).catch(() => undefined);
    if (!response?.ok) throw new EndpointUnreachableError([url]);
    return deserialize(Buffer.from(await response.arrayBuffer())) as T;
  };
  const fetchBlock = async (height: number) => {
    const block = await get<Block>(`block/${height}`);
    onBlock();
    return block;
  };
  return {
    chainId,
    ...fetching(fetchBlock),
    status: () => get<ChainStatus>('status'),
    async *blocks({ from = 1, signal = new AbortController().signal } = {}) {
      for (let height = from; !signal.aborted; ) {
        const block = await fetchBlock(height).catch(() => undefined);
        if (block === undefined) await pause(POLL_MS, signal);
        else {
          yield block;
          height += 1;
        }
      }
    },
  };
};
