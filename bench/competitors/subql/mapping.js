// What the product's reducers do to the tables of workers, written for subql's store in two ways: bulk.yaml has one
// handler for a block, events.yaml one for each kind of event.

const FRAME = new Set(['mode', 'msg_index']);

const fieldsOf = ({ attributes }) => {
  const fields = {};
  for (const { key, value } of attributes) if (!FRAME.has(key)) fields[key] = JSON.parse(value);
  return fields;
};

const hexOf = (base64) => Buffer.from(base64, 'base64').toString('hex');
const upperHex = (bytes) => Buffer.from(bytes).toString('hex').toUpperCase();

const empty = {
  id: '1',
  blocks: 0n,
  events: 0n,
  workers: 0n,
  activeWorkers: 0n,
  lots: 0n,
  bonded: 0n,
  locked: 0n,
};

const statuses = {
  WORKER_STATUS_ACTIVE: 'Active',
  WORKER_STATUS_PAUSED: 'Paused',
  WORKER_STATUS_EXITING: 'Exiting',
};

const workerOf = (worker, reputation) => ({
  id: worker.owner,
  operator: worker.operator,
  encryptionKey: hexOf(worker.encryption_key),
  ask: BigInt(worker.ask),
  rate: BigInt(worker.rate),
  memory: BigInt(worker.memory),
  features: worker.features,
  modules: worker.modules.map(hexOf),
  maxGasLimit: BigInt(worker.max_gas_limit),
  status: statuses[worker.status],
  bond: BigInt(worker.bond),
  locked: BigInt(worker.locked),
  lots: Number(worker.lots),
  availability: worker.availability,
  reputation,
  batchesFinal: Number(worker.batches_final),
  load: worker.load,
  missed: worker.missed,
  registeredHeight: Number(worker.registered_height),
});

const blockOf = (block) => {
  const { header } = block.block;
  return {
    id: `${header.height}`,
    height: header.height,
    hash: block.block.id,
    parentHash: upperHex(header.lastBlockId?.hash ?? []),
    appHash: upperHex(header.appHash),
    time: BigInt(header.time.getTime()),
    proposer: upperHex(header.proposerAddress),
    txs: block.txs.length,
    events: block.events.length,
  };
};

const newTotals = async () => ({ ...((await store.get('Total', '1')) ?? empty) });

const countWorker = (totals, worker) => {
  totals.workers += 1n;
  totals.activeWorkers += worker.status === 'Active' ? 1n : 0n;
  totals.lots += BigInt(worker.lots);
  totals.bonded += worker.bond;
  totals.locked += worker.locked;
};

const firstBond = (at, worker) => ({
  ...at,
  owner: worker.id,
  cause: 'register',
  oldBond: 0n,
  newBond: worker.bond,
  oldLocked: 0n,
  newLocked: worker.locked,
  lots: worker.lots,
});

const firstReputation = (at, worker) => ({
  ...at,
  owner: worker.id,
  cause: 'register',
  oldAvailability: worker.availability,
  newAvailability: worker.availability,
  oldReputation: worker.reputation,
  newReputation: worker.reputation,
  batchesFinal: worker.batchesFinal,
  missed: worker.missed,
});

const changeBond = (worker, totals, fields, at) => {
  const [bond, locked, lots] = [BigInt(fields.new_bond), BigInt(fields.new_locked), Number(fields.lots)];
  totals.lots += BigInt(lots - worker.lots);
  totals.bonded += bond - worker.bond;
  totals.locked += locked - worker.locked;
  worker.bond = bond;
  worker.locked = locked;
  worker.lots = lots;
  return {
    ...at,
    owner: fields.owner,
    cause: fields.cause,
    oldBond: BigInt(fields.old_bond),
    newBond: bond,
    oldLocked: BigInt(fields.old_locked),
    newLocked: locked,
    lots,
  };
};

const changeReputation = (worker, fields, at) => {
  worker.availability = fields.new_availability;
  worker.reputation = Number(fields.new_reputation);
  worker.batchesFinal = Number(fields.batches_final);
  worker.missed = fields.missed;
  const lease =
    fields.job_id === '0' ? {} : { jobId: BigInt(fields.job_id), batch: fields.batch, epoch: fields.epoch };
  return {
    ...at,
    owner: fields.owner,
    cause: fields.cause,
    oldAvailability: fields.old_availability,
    newAvailability: worker.availability,
    oldReputation: Number(fields.old_reputation),
    newReputation: worker.reputation,
    batchesFinal: worker.batchesFinal,
    missed: worker.missed,
    ...lease,
  };
};

/** One handler for all that a block brings: rows are read once a block and written in bulk. */
exports.handleWholeBlock = async (block) => {
  const { height } = block.block.header;
  const events = block.events;
  const workers = new Map();
  const created = [];
  const bonds = [];
  const reputations = [];
  const totals = await newTotals();
  const workerAt = async (owner) => {
    if (!workers.has(owner)) workers.set(owner, await store.get('Worker', owner));
    return workers.get(owner);
  };
  for (let position = 0; position < events.length; position += 1) {
    const { event } = events[position];
    const fields = fieldsOf(event);
    const at = { id: `${height}-${position}`, height, position };
    switch (event.type) {
      case 'dmcn.worker.v1.EventWorkerRegistered': {
        const worker = workerOf(fields.worker, Number(fields.reputation));
        countWorker(totals, worker);
        created.push(worker);
        bonds.push(firstBond(at, worker));
        reputations.push(firstReputation(at, worker));
        break;
      }
      case 'dmcn.worker.v1.EventLoadChanged': {
        (await workerAt(fields.owner)).load = fields.new_load;
        break;
      }
      case 'dmcn.worker.v1.EventBondChanged': {
        bonds.push(changeBond(await workerAt(fields.owner), totals, fields, at));
        break;
      }
      case 'dmcn.worker.v1.EventReputationChanged': {
        reputations.push(changeReputation(await workerAt(fields.owner), fields, at));
        break;
      }
      default:
        throw new Error(`no rule for ${event.type}`);
    }
  }
  totals.blocks += 1n;
  totals.events += BigInt(events.length);
  await store.bulkCreate('Block', [blockOf(block)]);
  if (created.length > 0) await store.bulkCreate('Worker', created);
  if (workers.size > 0) await store.bulkUpdate('Worker', [...workers.values()]);
  if (bonds.length > 0) await store.bulkCreate('BondChange', bonds);
  if (reputations.length > 0) await store.bulkCreate('ReputationChange', reputations);
  await store.set('Total', '1', totals);
};

const atOf = ({ idx, block }) => {
  const { height } = block.block.header;
  return { id: `${height}-${idx}`, height, position: idx };
};

exports.handleBlock = async (block) => {
  const totals = await newTotals();
  totals.blocks += 1n;
  totals.events += BigInt(block.events.length);
  await store.set('Block', `${block.block.header.height}`, blockOf(block));
  await store.set('Total', '1', totals);
};

exports.handleRegistered = async (event) => {
  const fields = fieldsOf(event.event);
  const at = atOf(event);
  const worker = workerOf(fields.worker, Number(fields.reputation));
  const totals = await newTotals();
  countWorker(totals, worker);
  await store.set('Worker', worker.id, worker);
  await store.set('BondChange', at.id, firstBond(at, worker));
  await store.set('ReputationChange', at.id, firstReputation(at, worker));
  await store.set('Total', '1', totals);
};

exports.handleLoad = async ({ event }) => {
  const fields = fieldsOf(event);
  const worker = await store.get('Worker', fields.owner);
  worker.load = fields.new_load;
  await store.set('Worker', worker.id, worker);
};

exports.handleBond = async (event) => {
  const fields = fieldsOf(event.event);
  const at = atOf(event);
  const worker = await store.get('Worker', fields.owner);
  const totals = await newTotals();
  await store.set('BondChange', at.id, changeBond(worker, totals, fields, at));
  await store.set('Worker', worker.id, worker);
  await store.set('Total', '1', totals);
};

exports.handleReputation = async (event) => {
  const fields = fieldsOf(event.event);
  const at = atOf(event);
  const worker = await store.get('Worker', fields.owner);
  await store.set('ReputationChange', at.id, changeReputation(worker, fields, at));
  await store.set('Worker', worker.id, worker);
};
