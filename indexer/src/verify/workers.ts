import type { ChainReader } from '@dmcn/chain-client';
import type { Reader } from '../store/reader/reader.js';
import type { Fact } from './fact.js';
import { itemsOf, rowsOf } from './walk.js';

/** Workers with their reputation and lapses, and the amounts that were lost and wait. */
export async function* workerFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  const seenLapses = new Set<bigint>();
  for await (const { owner } of itemsOf((page) => chain.workers(page))) {
    seen.add(owner);
    const { worker, reputation, lapses } = await chain.worker(owner);
    const { reserved: _, modules, ...columns } = worker;
    yield {
      what: 'worker',
      id: owner,
      chain: { ...columns, reputation, modules: modules.map((id) => Buffer.from(id).toString('hex')) },
      indexed: reader.get('workers', owner),
    };
    for (const lapse of lapses) {
      const indexed = reader.get('lapses', lapse.id);
      seenLapses.add(lapse.id);
      yield { what: 'lapse', id: `${lapse.id}`, chain: { ...lapse, releasedHeight: null }, indexed };
    }
  }
  for (const row of rowsOf(reader.workers, {}, 'owner')) {
    if (!seen.has(row.owner)) yield { what: 'worker', id: row.owner, chain: undefined, indexed: row };
  }
  for (const row of rowsOf(reader.lapses, {}, 'id')) {
    if (row.releasedHeight === null && !seenLapses.has(row.id))
      yield { what: 'lapse', id: `${row.id}`, chain: undefined, indexed: row };
  }
}

export async function* slashFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<bigint>();
  for await (const slash of itemsOf((page) => chain.slashes(page))) {
    seen.add(slash.id);
    const indexed = reader.get('slashes', slash.id);
    yield { what: 'slash', id: `${slash.id}`, chain: { ...slash, state: 'held' }, indexed };
  }
  for (const row of rowsOf(reader.slashes, { state: 'held' }, 'id')) {
    if (!seen.has(row.id)) yield { what: 'slash', id: `${row.id}`, chain: undefined, indexed: row };
  }
}
