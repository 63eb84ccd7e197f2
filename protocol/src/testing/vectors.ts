import { readFileSync } from 'node:fs';
import { hexToBytes } from '../bytes.js';
import type { Leaf } from '../leaf.js';
import type { LeaseId } from '../lease.js';
import type { Status } from '../status.js';

/** A leaf as the golden cases write it. */
export interface LeafJson {
  readonly status: Status;
  readonly exitCode: number;
  readonly gas: string;
  readonly outputHash: string;
}

/** A lease as the golden cases write it. */
export interface LeaseJson {
  readonly worker: string;
  readonly job: string;
  readonly batch: number;
  readonly epoch: number;
}

/** The golden cases of `protocol/testvectors/<topic>.json`. */
export function goldenCases<T>(topic: string): T {
  const file = new URL(`../../testvectors/${topic}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

export function toLeaf(json: LeafJson): Leaf {
  return { ...json, gas: BigInt(json.gas), outputHash: hexToBytes(json.outputHash) };
}

export function toLease(json: LeaseJson): LeaseId {
  return { ...json, worker: hexToBytes(json.worker), job: BigInt(json.job) };
}
