import { fileURLToPath } from 'node:url';
import { output } from '../command.js';
import type { Served } from './served.js';

/**
 * The indexer, and clients that keep nothing: one that makes typed events, one that parses the answers and the JSON in each
 * attribute, and one that leaves the attributes as text.
 */
export const clients = ['indexer', 'typed', 'parsed', 'json'] as const;

export type Client = (typeof clients)[number];

/** Runs one in a process of its own; nanoseconds of processor time a block after it got warm. */
export const runClient = async (client: Client, served: Served, dbPath: string): Promise<number> => {
  const program = fileURLToPath(new URL('./index-process.js', import.meta.url));
  const args = [program, client, served.url, `${served.blocks}`, `${served.warm}`, dbPath];
  const told = JSON.parse(await output(process.execPath, args)) as {
    readonly cpu: number;
    readonly events: number;
  };
  const expected = served.events.at(-1);
  if (told.events !== expected) throw new Error(`${client} saw ${told.events} events of ${expected}`);
  return told.cpu;
};
