import { formatDmc } from '@dmcn/protocol';
import { table } from '../output.js';
import type { Payment } from './payments.js';

/** What `npm run demo -- --json` prints; amounts in udmc. */
export interface DemoDocument {
  readonly jobId: string;
  readonly units: number;
  readonly images: number;
  /** Share of images that were read right. */
  readonly accuracy: number;
  /** Units whose result differs from a run on this machine. */
  readonly mismatches: number;
  readonly gas: string;
  /** From publishing the module to the job's settlement. */
  readonly seconds: number;
  readonly paid: string;
  readonly audits: string;
  readonly refunded: string;
  readonly fee: string;
  readonly workers: readonly { readonly address: string; readonly units: number; readonly earned: string }[];
  readonly graphql: string;
}

export interface DemoResult {
  readonly document: DemoDocument;
  readonly payments: readonly Payment[];
  /** Submission and settlement. */
  readonly heights: readonly [number, number];
  readonly batches: number;
  /** Of the network that was left running. */
  readonly home?: string;
}

/** The demo's result for a person. */
export function demoTable({ document, payments, heights, batches, home }: DemoResult): string {
  const { units, images, accuracy, mismatches, gas, seconds, workers } = document;
  const rows = workers.map(({ address, units: done, earned }) => {
    const own = payments.filter(({ owner }) => owner === address);
    const at = own.map(({ height }) => height);
    const computed = own.reduce((sum, { gasTotal }) => sum + BigInt(gasTotal), 0n);
    return [
      address,
      String(own.length),
      String(done),
      giga(computed),
      formatDmc(BigInt(earned)),
      `${Math.min(...at)} to ${Math.max(...at)}`,
    ];
  });
  const dmc = (amount: string) => `${formatDmc(BigInt(amount))} DMC`;
  const lines = [
    '',
    table(['worker', 'batches', 'units', '10^9 gas', 'earned DMC', 'paid at heights'], rows),
    '',
    `${images} handwritten digits in ${units} units and ${batches} batches: ${(100 * accuracy).toFixed(2)} % read right`,
    `outputs that differ from a run on this machine: ${mismatches}`,
    `${giga(BigInt(gas))} * 10^9 gas in ${seconds} s, heights ${heights[0]} to ${heights[1]}`,
    `paid ${dmc(document.paid)}, community fee ${dmc(document.fee)}, audits ${dmc(document.audits)}, refunded ${dmc(document.refunded)}`,
    `GraphQL ${document.graphql}`,
  ];
  if (home !== undefined) lines.push(`the network goes on; stop it with: ./dmcn devnet down --home ${home}`);
  return lines.join('\n');
}

const giga = (gas: bigint): string => (Number(gas / 1_000_000n) / 1_000).toFixed(2);
