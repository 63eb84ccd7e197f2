import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServicePortError } from './errors.js';
import type { Progress } from './indexer.js';

/** Blocks that an indexer may lack and still count as caught up: the one that is being written. */
const READY_LAG = 1;

export interface IndexerService {
  /** Base address: `/health`, `/ready`, `/metrics`. */
  readonly url: string;
  /** Tells it each block. */
  onProgress(progress: Progress): void;
  /** Tells it each reason to wait. */
  onDelay(reason: unknown): void;
  close(): Promise<void>;
}

interface Figures {
  progress: Progress | undefined;
  blocks: number;
  events: number;
  delays: number;
  lastBlockAt: number | undefined;
  waitingFor: string | undefined;
}

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly value: number;
}

/** Of the process, in its own code and in the system's. */
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const metricsOf = ({ progress, blocks, events, delays, lastBlockAt }: Figures): readonly Metric[] => [
  { name: 'height', type: 'gauge', help: 'Newest block in the index.', value: progress?.height ?? 0 },
  {
    name: 'head',
    type: 'gauge',
    help: 'Newest block of the chain that is known.',
    value: progress?.head ?? 0,
  },
  { name: 'lag_blocks', type: 'gauge', help: 'Blocks still to come.', value: progress?.lag ?? 0 },
  { name: 'blocks_total', type: 'counter', help: 'Blocks indexed since the start.', value: blocks },
  { name: 'events_total', type: 'counter', help: 'Events indexed since the start.', value: events },
  { name: 'delays_total', type: 'counter', help: 'Times that the node was asked in vain.', value: delays },
  {
    name: 'last_block_timestamp_seconds',
    type: 'gauge',
    help: 'When the last block was indexed.',
    value: lastBlockAt === undefined ? 0 : lastBlockAt / 1_000,
  },
  {
    name: 'cpu_seconds_total',
    type: 'counter',
    help: 'Processor time used.',
    value: cpuSeconds(),
  },
  { name: 'resident_memory_bytes', type: 'gauge', help: 'Memory in use.', value: process.memoryUsage.rss() },
];

/** Metrics in the text format of Prometheus. */
const toText = (metrics: readonly Metric[]): string =>
  metrics
    .map(({ name, type, help, value }) => {
      const full = `dmcn_indexer_${name}`;
      return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${value}\n`;
    })
    .join('');

/**
 * Serves how an indexer is: `/health`, `/ready` (503 until it lacks at most one block) and Prometheus' `/metrics`. Rejects
 * with `ServicePortError`.
 */
export const serveIndexer = async ({
  host = '127.0.0.1',
  port,
}: {
  readonly host?: string;
  readonly port: number;
}): Promise<IndexerService> => {
  const figures: Figures = {
    progress: undefined,
    blocks: 0,
    events: 0,
    delays: 0,
    lastBlockAt: undefined,
    waitingFor: undefined,
  };
  const health = () => {
    const { progress, waitingFor } = figures;
    const ready = progress !== undefined && progress.lag <= READY_LAG && waitingFor === undefined;
    return { status: ready ? 'ok' : 'catching up', ...progress, ...(waitingFor && { waitingFor }) };
  };
  const server = createServer(({ method, url }, response) => {
    const send = (status: number, type: string, text: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(text);
    };
    const now = health();
    if (method !== 'GET') send(405, 'text/plain', 'only GET is answered\n');
    else if (url === '/health') send(200, 'application/json', JSON.stringify(now));
    else if (url === '/ready') send(now.status === 'ok' ? 200 : 503, 'application/json', JSON.stringify(now));
    else if (url === '/metrics') send(200, 'text/plain; version=0.0.4', toText(metricsOf(figures)));
    else send(404, 'text/plain', 'try /health, /ready or /metrics\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new ServicePortError(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}`,
    onProgress: (progress) => {
      figures.progress = progress;
      figures.blocks += 1;
      figures.events += progress.events;
      figures.lastBlockAt = Date.now();
      figures.waitingFor = undefined;
    },
    onDelay: (reason) => {
      figures.delays += 1;
      figures.waitingFor = reason instanceof Error ? reason.message : String(reason);
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
