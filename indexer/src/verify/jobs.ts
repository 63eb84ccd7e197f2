import type { Batch, ChainReader, Job } from '@dmcn/chain-client';
import type { Rows } from '../model/tables.js';
import type { Reader } from '../store/reader/reader.js';
import type { Fact, Values } from './fact.js';
import { itemsOf, rowsOf } from './walk.js';

const jobOf = ({ spec, ...job }: Job): Values => ({
  ...job,
  moduleId: spec.moduleId,
  units: spec.units,
  args: spec.args,
  inputRoot: spec.inputRoot,
  inputIndex: spec.inputIndex,
  batchSize: spec.batchSize,
  gasLimit: spec.gasLimit,
  memoryLimit: spec.memoryLimit,
  maxPrice: spec.maxPrice,
  ...spec.assurance,
  mode: spec.mode,
  locators: spec.locators,
  encryptionKey: spec.encryptionKey,
  deadline: spec.deadline,
  features: spec.features,
});

const isHeld = ({ state }: Batch): boolean => state !== 'Queued' && state !== 'Ended';

const batchOf = (batch: Batch): Values => {
  const { units, epoch, state, deadline, lease } = batch;
  const held = isHeld(batch);
  return {
    units,
    epoch,
    state,
    deadline,
    leaseEpoch: held ? epoch : null,
    worker: held ? lease?.worker : null,
  };
};

const leaseOf = ({ lease, commitment, opening }: Batch): Values => ({
  worker: lease?.worker,
  ask: lease?.ask,
  rate: lease?.rate,
  bond: lease?.bond,
  drawnHeight: lease?.drawnHeight,
  committedHeight: commitment?.height,
  commitment: commitment?.commitment,
  outputsHash: commitment?.outputsHash,
  keyShownHeight: commitment?.keyShownHeight,
  openedHeight: opening?.height,
  opener: opening?.opener,
  root: opening?.root,
  gasTotal: opening?.gasTotal,
});

/** Jobs, and the batches and leases that the chain still has of them. */
export async function* jobFacts(chain: ChainReader, reader: Reader): AsyncGenerator<Fact> {
  const seen = new Set<bigint>();
  for await (const job of itemsOf((page) => chain.jobs(page))) {
    seen.add(job.id);
    yield { what: 'job', id: `${job.id}`, chain: jobOf(job), indexed: reader.get('jobs', job.id) };
    yield* batchFacts(chain, reader, job);
  }
  for (const row of rowsOf(reader.jobs, {}, 'id')) {
    if (!seen.has(row.id)) yield { what: 'job', id: `${row.id}`, chain: undefined, indexed: row };
  }
}

async function* batchFacts(chain: ChainReader, reader: Reader, job: Job): AsyncGenerator<Fact> {
  const seen = new Set<number>();
  for await (const batch of itemsOf((page) => chain.batches({ ...page, jobId: job.id }))) {
    const { jobId, index, epoch } = batch;
    seen.add(index);
    const id = `${jobId}/${index}`;
    yield { what: 'batch', id, chain: batchOf(batch), indexed: reader.get('batches', jobId, index) };
    if (isHeld(batch)) {
      const indexed = reader.get('leases', jobId, index, epoch);
      yield { what: 'lease', id: `${id}/${epoch}`, chain: leaseOf(batch), indexed };
      yield* partFacts(reader, batch);
    }
    if (!['Final', 'Ended'].includes(batch.state)) yield* auditFacts(chain, reader, batch);
  }
  for (const row of rowsOf(reader.batches, { jobId: job.id }, 'id')) {
    const gone = row.batch < job.prunedBatches;
    if (gone || seen.has(row.batch)) continue;
    yield { what: 'batch', id: `${job.id}/${row.batch}`, chain: undefined, indexed: row };
  }
}

/** What hangs on the lease of a batch: its selection, a demand that waits, units that a verdict decided. */
function* partFacts(reader: Reader, batch: Batch): Generator<Fact> {
  const { jobId, index, epoch, selection, demand, settledUnits } = batch;
  const id = `${jobId}/${index}/${epoch}`;
  if (selection !== undefined) {
    const indexed = reader.get('selections', jobId, index, epoch);
    yield { what: 'selection', id, chain: { seedHeight: selection.height }, indexed };
  }
  if (demand !== undefined) {
    const { unit, deposit } = demand;
    const waiting = { unit, deposit, postedHeight: null, returnedHeight: null };
    yield { what: 'demand', id, chain: waiting, indexed: reader.get('demands', jobId, index, epoch) };
  }
  for (const unit of settledUnits) {
    const indexed = reader.get('settledUnits', jobId, index, epoch, unit);
    yield { what: 'settled unit', id: `${id}/${unit}`, chain: {}, indexed };
  }
}

const auditRow = (row: Rows['audits'] | undefined): Values | undefined =>
  row && { ...row, postedHeight: row.postedHeight ?? 0 };

async function* auditFacts(chain: ChainReader, reader: Reader, batch: Batch): AsyncGenerator<Fact> {
  for (const audit of await chain.batchAudits({ jobId: batch.jobId, batch: batch.index })) {
    const { jobId, batch: index, epoch, index: place } = audit;
    const { state, units, round, auditor, ask, deadline, deposit, postedHeight, differing } = audit;
    yield {
      what: 'audit',
      id: `${jobId}/${index}/${epoch}/${place}`,
      chain: { state, units, round, auditor, ask, deadline, deposit, postedHeight, differing },
      indexed: auditRow(reader.get('audits', jobId, index, epoch, place)),
    };
  }
}
