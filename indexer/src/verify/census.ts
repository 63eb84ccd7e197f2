import type { ChainReader } from '@dmcn/chain-client';
import type { Reader } from '../store/reader/reader.js';
import type { Fact, Values } from './fact.js';
import { itemsOf, rowsOf } from './walk.js';

/** Supply, validators, proposals, modules, parameters, and what the accounts of the chain's modules owe. */
export async function* censusFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const totals = reader.get('totals', 1);
  yield { what: 'supply', id: 'udmc', chain: { supply: await chain.supply() }, indexed: totals };
  yield* validatorFacts(chain, reader);
  yield* proposalFacts(chain, reader);
  yield* moduleFacts(chain, reader);
  yield* paramFacts(chain, reader);
  yield* accountFacts(chain, reader);
}

async function* validatorFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  for await (const { operator, jailed, ...validator } of itemsOf((page) => chain.validators(page))) {
    seen.add(operator);
    const indexed = reader.get('validators', operator);
    yield { what: 'validator', id: operator, chain: { ...validator, isJailed: jailed }, indexed };
  }
  for (const row of rowsOf(reader.validators, {}, 'operator')) {
    if (row.status !== null && !seen.has(row.operator))
      yield { what: 'validator', id: row.operator, chain: undefined, indexed: row };
  }
}

async function* proposalFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<bigint>();
  for await (const { id, tally, submitTime, ...proposal } of itemsOf((page) => chain.proposals(page))) {
    seen.add(id);
    const { status, proposer, title, summary, messages, deposit, expedited, failedReason } = proposal;
    const { depositEndTime, votingStartTime, votingEndTime } = proposal;
    const votes = { yes: tally?.yes, abstain: tally?.abstain, no: tally?.no, noWithVeto: tally?.noWithVeto };
    const facts = {
      status,
      proposer,
      title,
      deposit,
      expedited,
      failedReason,
      summary,
      messages,
      submitTime: submitTime.getTime(),
      depositEndTime: depositEndTime?.getTime(),
      votingStartTime: votingStartTime?.getTime(),
      votingEndTime: votingEndTime?.getTime(),
    };
    const indexed = reader.get('proposals', id);
    yield { what: 'proposal', id: `${id}`, chain: { ...facts, ...votes }, indexed };
  }
  for (const row of rowsOf(reader.proposals, {}, 'id')) {
    const gone = row.status === 'Dropped' || row.status === 'Cancelled';
    if (!gone && !seen.has(row.id))
      yield { what: 'proposal', id: `${row.id}`, chain: undefined, indexed: row };
  }
}

async function* moduleFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  for await (const { id: bytes, height, ...module } of itemsOf((page) => chain.modules(page))) {
    const id = Buffer.from(bytes).toString('hex');
    seen.add(id);
    const facts = { ...module, storedHeight: height, removedHeight: null };
    yield { what: 'module', id, chain: facts, indexed: reader.get('modules', id) };
  }
  for (const row of rowsOf(reader.modules, {}, 'stored')) {
    if (row.removedHeight === null && !seen.has(row.id))
      yield { what: 'module', id: row.id, chain: undefined, indexed: row };
  }
}

/** Parameters that governance changed: the index knows no others. */
async function* paramFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const modules = {
    worker: () => chain.workerParams(),
    task: () => chain.taskParams(),
    audit: () => chain.auditParams(),
    beacon: () => chain.beaconParams(),
  };
  for (const [module, read] of Object.entries(modules)) {
    const row = reader.get('params', module);
    if (row === undefined) continue;
    yield {
      what: 'parameters',
      id: `x/${module}`,
      chain: { ...(await read()) },
      indexed: JSON.parse(row.value),
    };
  }
}

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n);

/** Accounts that keep coins for others: whether they pay, and what they owe where the index can add it up. */
async function* accountFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const {
    funded = 0n,
    paid = 0n,
    royalties = 0n,
    fees = 0n,
    audits = 0n,
    refunded = 0n,
    bonded = 0n,
  } = reader.get('totals', 1) ?? {};
  const held = [...rowsOf(reader.slashes, { state: 'held' }, 'id')].map(({ amount }) => amount);
  const owed: Readonly<Record<string, bigint>> = {
    task_escrow: funded - paid - royalties - fees - audits - refunded,
    worker_bond: bonded,
    slash_hold: sum(held),
  };
  const paused = new Map(
    [...rowsOf(reader.payoutPauses, {}, 'place')]
      .filter(({ resumedHeight }) => resumedHeight === null)
      .map(({ account, height }) => [account, height]),
  );
  for (const { name, ...account } of await chain.payouts()) {
    const { pausedHeight } = account;
    const sums = owed[name] === undefined ? {} : { owed: account.owed };
    const indexed: Values = { owed: owed[name], pausedHeight: paused.get(name) ?? 0 };
    yield { what: 'account', id: name, chain: { ...sums, pausedHeight }, indexed };
  }
}
