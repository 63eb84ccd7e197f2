import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type ChainClient,
  ChainRejectedError,
  InvalidAddressError,
  InvalidMessageError,
  type Signer,
} from '@dmcn/chain-client';
import { type FaucetLimits, FaucetRefusal, Ledger, readFundRequest } from './limits.js';

export interface FaucetOptions {
  readonly chain: ChainClient;
  readonly signer: Signer;
  readonly host: string;
  readonly port: number;
  readonly limits: FaucetLimits;
}

export interface Faucet {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY = 1_024;

/** Serves `POST /fund` and `GET /health`. Resolves once it listens. */
export async function startFaucet(options: FaucetOptions): Promise<Faucet> {
  const ledger = new Ledger(options.limits);
  const server = createServer((request, response) => void handle(options, ledger, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host, resolve);
  });
  return { url: `http://${options.host}:${options.port}`, close: () => close(server) };
}

async function handle(
  { chain, signer, limits }: FaucetOptions,
  ledger: Ledger,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'GET' && request.url === '/health') {
      return answer(response, 200, { address: signer.address });
    }
    if (request.method !== 'POST' || request.url !== '/fund') {
      return answer(response, 404, { error: 'use POST /fund or GET /health' });
    }
    const wanted = readFundRequest(await bodyOf(request), limits);
    chain.addressBytes(wanted.address);
    ledger.take(wanted);
    try {
      const { hash, height } = await chain.send({ to: wanted.address, amount: wanted.amount }, { signer });
      answer(response, 200, { amount: String(wanted.amount), hash, height });
    } catch (error) {
      if (error instanceof ChainRejectedError) ledger.giveBack(wanted);
      throw error;
    }
  } catch (error) {
    answer(response, statusOf(error), { error: error instanceof Error ? error.message : String(error) });
  }
}

function statusOf(error: unknown): number {
  if (error instanceof FaucetRefusal) return error.status;
  if (error instanceof InvalidAddressError || error instanceof InvalidMessageError) return 400;
  return 503;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const text of request) {
    body += text;
    if (body.length > MAX_BODY) throw new FaucetRefusal(400, `the body is longer than ${MAX_BODY} bytes`);
  }
  return body;
}

function answer(response: ServerResponse, status: number, document: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  response.end(`${JSON.stringify(document)}\n`);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
