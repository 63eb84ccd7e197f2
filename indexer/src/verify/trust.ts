import type { ChainReader } from '@dmcn/chain-client';
import type { Reader } from '../store/reader/reader.js';
import type { Fact } from './fact.js';
import { itemsOf, rowsOf } from './walk.js';

/** Disputes without a verdict, epochs whose opening is withheld, and referees. */
export async function* trustFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  yield* disputeFacts(chain, reader);
  yield* withheldFacts(chain, reader);
  yield* refereeFacts(chain, reader);
}

async function* refereeFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  for await (const { validator, ...referee } of itemsOf((page) => chain.referees(page))) {
    seen.add(validator);
    yield { what: 'referee', id: validator, chain: referee, indexed: reader.get('referees', validator) };
  }
  for (const row of rowsOf(reader.referees, {}, 'validator')) {
    if (!seen.has(row.validator))
      yield { what: 'referee', id: row.validator, chain: undefined, indexed: row };
  }
}

async function* disputeFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<bigint>();
  for await (const dispute of itemsOf((page) => chain.disputes(page))) {
    const { id, leaf, ...rest } = dispute;
    seen.add(id);
    const { unit, status, exitCode, gas, outputHash } = leaf;
    const indexed = reader.get('disputes', id);
    yield {
      what: 'dispute',
      id: `${id}`,
      chain: { ...rest, unit, status, exitCode, gas, outputHash },
      indexed,
    };
    yield* voteFacts(chain, reader, id);
  }
  for (const state of ['Queued', 'Committing', 'Revealing'] as const) {
    for (const row of rowsOf(reader.disputes, { state }, 'id')) {
      if (!seen.has(row.id)) yield { what: 'dispute', id: `${row.id}`, chain: undefined, indexed: row };
    }
  }
}

/** Votes of validators that committed or revealed something. */
async function* voteFacts(chain: ChainReader, reader: Reader, id: bigint): AsyncGenerator<Fact> {
  const { votes } = await chain.dispute(id);
  for (const { validator, power, hash, leaf } of votes) {
    if (hash === undefined && leaf === undefined) continue;
    const { status, exitCode, gas, outputHash } = leaf ?? {};
    const indexed = reader.get('votes', id, validator);
    const facts = { power, hash, status, exitCode, gas, outputHash };
    yield { what: 'vote', id: `${id}/${validator}`, chain: facts, indexed };
  }
}

async function* withheldFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  for await (const { jobId, index, epoch, state, deadline, lease } of itemsOf((page) =>
    chain.withheldBatches(page),
  )) {
    const id = `${jobId}/${index}/${epoch}`;
    seen.add(id);
    const indexed = reader.get('withheld', jobId, index, epoch);
    yield {
      what: 'withheld epoch',
      id,
      chain: { state, deadline, worker: lease?.worker, bond: lease?.bond, endedHeight: null },
      indexed,
    };
  }
  for (const row of rowsOf(reader.withheld, {}, 'id')) {
    const id = `${row.jobId}/${row.batch}/${row.epoch}`;
    if (row.endedHeight === null && !seen.has(id))
      yield { what: 'withheld epoch', id, chain: undefined, indexed: row };
  }
}
