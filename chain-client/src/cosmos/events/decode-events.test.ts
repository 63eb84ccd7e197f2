import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../rpc/shape.js';
import { decodeEvents } from './decode-events.js';
import { eventReaders } from './event-table.js';

const modules = fileURLToPath(new URL('../../../../chain/x', import.meta.url));
const proto = fileURLToPath(new URL('../../../../proto/dmcn', import.meta.url));
const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

const paid = {
  type: 'dmcn.task.v1.EventBatchPaid',
  attributes: attributes({
    job_id: '"12"',
    batch: '3',
    epoch: '1',
    worker: '"dmcn1w"',
    pay: '"400"',
    author: '"dmcn1a"',
    royalty: '"20"',
    fee: '"8"',
    gas_total: '"800000000"',
    ask: '"500"',
    units: '2',
    msg_index: '0',
  }),
};

/** Events of the wire contract, by their module. */
const declared = readdirSync(proto).flatMap((module) => {
  const text = readFileSync(`${proto}/${module}/v1/events.proto`, 'utf8');
  return [...text.matchAll(/^message (Event\w+) /gm)].map(([, name]) => ({ module, name }));
});

describe('decodeEvents', () => {
  it('knows every event of the wire contract', () => {
    const names = declared.map(({ module, name }) => `dmcn.${module}.v1.${name}`);
    expect([...eventReaders.keys()].sort()).toEqual(names.sort());
  });

  it.each(declared)('$name of x/$module is one that the chain makes', ({ module, name }) => {
    const sources = readdirSync(`${modules}/${module}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!_test|\.pb|\.pb\.gw)\.go$/.test(file))
      .map((file) => readFileSync(`${modules}/${module}/${file}`, 'utf8'));
    expect(sources.some((text) => new RegExp(`\\b${name}\\{`).test(text))).toBe(true);
  });

  it('reads a transaction’s event, with its place among all events', () => {
    const other = { type: 'coin_spent', attributes: attributes({ amount: '5udmc' }) };
    expect(decodeEvents([other, paid], { height: 9, txIndex: 4 })).toEqual([
      {
        type: 'BatchPaid',
        data: {
          jobId: 12n,
          batch: 3,
          epoch: 1,
          worker: 'dmcn1w',
          pay: 400n,
          author: 'dmcn1a',
          royalty: 20n,
          fee: 8n,
          gasTotal: 800_000_000n,
          ask: 500n,
          units: 2,
        },
        height: 9,
        txIndex: 4,
        eventIndex: 1,
      },
    ]);
  });

  it('reads a block’s event, whose frame adds plain text', () => {
    const seed = '{"height":"7","value":"AQID","live":true,"live_count":"5","proposer":"dmcnvaloper1x"}';
    const event = { type: 'dmcn.beacon.v1.EventSeed', attributes: attributes({ seed, mode: 'BeginBlock' }) };
    expect(decodeEvents([event], { height: 7, txIndex: null })).toMatchObject([
      {
        type: 'BeaconSeed',
        data: { seed: { height: 7, value: Uint8Array.of(1, 2, 3), live: true, liveCount: 5 } },
        txIndex: null,
        eventIndex: 0,
      },
    ]);
  });

  it.each([
    ['a value that is no JSON', { ...paid, attributes: attributes({ job_id: 'x' }) }],
    ['an amount that is none', { ...paid, attributes: attributes({ pay: '"many"' }) }],
    ['a missing object', { type: 'dmcn.task.v1.EventJobSubmitted', attributes: [] }],
  ])('refuses %s, with the event’s name', (_, event) => {
    expect(() => decodeEvents([event], { height: 1, txIndex: 0 })).toThrow(ShapeError);
    expect(() => decodeEvents([event], { height: 1, txIndex: 0 })).toThrow(event.type);
  });
});
