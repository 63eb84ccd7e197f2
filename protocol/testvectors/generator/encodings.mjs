// Leaves, trees, commitments, audits and votes.
import { be, cat, hex, made, merkleProof, merkleRoot, sha256 } from './reference.mjs';

const STATUSES = ['OK', 'EXIT', 'TRAP', 'OUT_OF_GAS', 'STACK_OVERFLOW', 'OUTPUT_LIMIT', 'INVALID_MODULE'];
export const U64_MAX = 2n ** 64n - 1n;
export const U32_MAX = 2 ** 32 - 1;
const EMPTY_HASH = hex(sha256(''));

export const record = (leaf) =>
  cat(
    [STATUSES.indexOf(leaf.status)],
    be(4, leaf.exitCode),
    be(8, leaf.gas),
    Buffer.from(leaf.outputHash, 'hex'),
  );
const preimage = (job, unit, leaf) => cat('dmcn/leaf/1', be(8, job), be(4, unit), record(leaf));
export const leaseBytes = ({ worker, job, batch, epoch }) =>
  cat(Buffer.from(worker, 'hex'), be(8, job), be(4, batch), be(4, epoch));

/** A lease in JSON: job as a decimal string. */
export const lease = (label, job, batch, epoch) => ({
  worker: hex(made(label, 20)),
  job: String(job),
  batch,
  epoch,
});

/** The leaves of a batch, with statuses in turn; gas never above 10^9. */
export const leaves = (label, count) =>
  Array.from({ length: count }, (_, i) => {
    const status = STATUSES[i % STATUSES.length];
    return {
      status,
      exitCode: status === 'EXIT' ? i + 1 : 0,
      gas: String(status === 'OUT_OF_GAS' ? 1_000_000_000 : 1_000_003 * (i + 1)),
      outputHash: hex(sha256(label, be(4, i))),
    };
  });

function leafFile() {
  const each = STATUSES.map((status, code) => ({
    name: status,
    job: '7',
    unit: 40 + code,
    leaf: {
      status,
      exitCode: status === 'EXIT' ? 3 : 0,
      gas: '123456789',
      outputHash: hex(sha256(status)),
    },
  }));
  const edges = [
    {
      name: 'first unit of the first job, no output, no gas',
      job: '1',
      unit: 0,
      leaf: { status: 'OK', exitCode: 0, gas: '0', outputHash: EMPTY_HASH },
    },
    {
      name: 'every number at its largest',
      job: String(U64_MAX),
      unit: U32_MAX,
      leaf: { status: 'EXIT', exitCode: U32_MAX, gas: String(U64_MAX), outputHash: 'ff'.repeat(32) },
    },
  ];
  const judged = (name, valid, status, exitCode, gas, gasLimit) => ({
    name,
    valid,
    gasLimit: String(gasLimit),
    leaf: { status, exitCode, gas: String(gas), outputHash: EMPTY_HASH },
  });
  return {
    about: 'A leaf, its record in the sealed leaves and its preimage; and which leaves a run can have produced.',
    encodings: [...each, ...edges].map((entry) => ({
      ...entry,
      record: hex(record(entry.leaf)),
      preimage: hex(preimage(entry.job, entry.unit, entry.leaf)),
    })),
    judgements: [
      judged('OK at the limit', true, 'OK', 0, 1000, 1000),
      judged('OK above the limit', false, 'OK', 0, 1001, 1000),
      judged('OK with an exit code', false, 'OK', 1, 10, 1000),
      judged('EXIT with a code', true, 'EXIT', 255, 10, 1000),
      judged('EXIT with code 0', false, 'EXIT', 0, 10, 1000),
      judged('TRAP with an exit code', false, 'TRAP', 1, 10, 1000),
      judged('OUT_OF_GAS at the limit', true, 'OUT_OF_GAS', 0, 1000, 1000),
      judged('OUT_OF_GAS below the limit', false, 'OUT_OF_GAS', 0, 999, 1000),
      judged('gas at the largest u64', true, 'OUT_OF_GAS', 0, U64_MAX, U64_MAX),
    ],
  };
}

function merkleFile() {
  // The tree of RFC 6962's reference implementation, whose roots are published with it.
  const published = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const sized = (size) => Array.from({ length: size }, (_, i) => hex(made(`item ${i}`, i % 70)));
  const tree = (name, items) => {
    const bytes = items.map((item) => Buffer.from(item, 'hex'));
    const indexes = [...new Set([0, 1, items.length >> 1, items.length - 2, items.length - 1])];
    return {
      name,
      items,
      root: hex(merkleRoot(bytes)),
      proofs: indexes.filter((i) => i >= 0 && i < items.length).map((i) => merkleProof(bytes, i)),
    };
  };
  const trees = [
    ...published.map((_, i) => tree(`RFC 6962 reference, ${i + 1} items`, published.slice(0, i + 1))),
    ...[0, 9, 31, 33, 63, 64].map((size) => tree(`${size} items`, sized(size))),
  ];
  const items = published.slice(0, 5).map((item) => Buffer.from(item, 'hex'));
  const right = {
    root: hex(merkleRoot(items)),
    total: '5',
    index: '2',
    item: published[2],
    proof: merkleProof(items, 2),
  };
  const wrong = (name, change) => ({ name, ...right, ...change, proof: { ...right.proof, ...change.proof } });
  return {
    about: 'RFC 6962 trees as cometbft/crypto/merkle makes them: roots, proofs, and proofs that must be refused.',
    trees,
    refused: [
      wrong('another index is wanted', { index: '3' }),
      wrong('another total is wanted', { total: '6' }),
      wrong('index and total moved together', { index: '6', total: '7', proof: { index: '6', total: '7' } }),
      wrong('index outside of the tree', { index: '5', proof: { index: '5' } }),
      wrong('an empty tree', { index: '0', total: '0', proof: { index: '0', total: '0' } }),
      wrong('another item', { item: published[3] }),
      wrong('leaf hash of another item', { proof: { leafHash: merkleProof(items, 3).leafHash } }),
      wrong('an aunt missing', { proof: { aunts: right.proof.aunts.slice(1) } }),
      wrong('an aunt too many', { proof: { aunts: [...right.proof.aunts, right.root] } }),
      wrong('aunts in another order', { proof: { aunts: [...right.proof.aunts].reverse() } }),
      wrong('a short aunt', { proof: { aunts: ['00', ...right.proof.aunts.slice(1)] } }),
      wrong('another root', { root: hex(merkleRoot(items.slice(0, 4))) }),
      wrong('an inner node as the item', {
        item: hex(cat(sha256([0], items[0]), sha256([0], items[1]))),
        total: '3',
        index: '0',
        proof: { total: '3', index: '0' },
      }),
    ],
  };
}

function inputIndexFile() {
  return {
    about: 'Inputs, the index that joins their hashes, its own hash (input_index) and the Merkle root (input_root).',
    cases: [1, 2, 5, 64].map((size) => {
      const inputs = Array.from({ length: size }, (_, i) => made(`input ${i}`, i));
      const hashes = inputs.map((input) => sha256(input));
      return {
        name: `${size} inputs`,
        inputs: inputs.map(hex),
        index: hex(cat(...hashes)),
        indexHash: hex(sha256(cat(...hashes))),
        root: hex(merkleRoot(hashes)),
      };
    }),
  };
}

function commitmentFile() {
  const commit = (name, id, firstUnit, list, gasLimit = '1000000000') => {
    const key = made(name, 32);
    const gasTotal = list.reduce((sum, leaf) => sum + BigInt(leaf.gas), 0n);
    const root = merkleRoot(list.map((leaf, i) => preimage(id.job, firstUnit + i, leaf)));
    const commitment = sha256('dmcn/commit/1', key, root, be(8, gasTotal), leaseBytes(id));
    return {
      name,
      lease: id,
      firstUnit,
      gasLimit,
      key: hex(key),
      leaves: list,
      root: hex(root),
      gasTotal: String(gasTotal),
      commitment: hex(commitment),
    };
  };
  const full = { status: 'OUT_OF_GAS', exitCode: 0, gas: String(U64_MAX), outputHash: EMPTY_HASH };
  const base = commit('a batch of 3, epoch 1', lease('worker c', 12, 4, 1), 128, leaves('c', 3));
  const wrong = (name, change) => ({ ...base, ...change, name });
  return {
    about: 'Commitments with what opens them, and openings that must be refused.',
    cases: [
      commit('one unit, first batch, epoch 0', lease('worker a', 1, 0, 0), 0, leaves('a', 1)),
      commit('a full batch of 64', lease('worker b', 9, 3, 0), 192, leaves('b', 64)),
      commit('a short last batch of 63', lease('worker b', 9, 4, 2), 256, leaves('b', 63)),
      base,
      commit('largest gas', lease('worker d', U64_MAX, U32_MAX, U32_MAX), 1_048_575, [full], String(U64_MAX)),
    ],
    refused: [
      wrong('another key', { key: hex(made('another key', 32)) }),
      wrong('another gas total', { gasTotal: String(BigInt(base.gasTotal) + 1n) }),
      wrong('leaves in another order', { leaves: [...base.leaves].reverse() }),
      wrong('a leaf missing', { leaves: base.leaves.slice(0, 2) }),
      wrong('another first unit', { firstUnit: 0 }),
      wrong('another epoch', { lease: { ...base.lease, epoch: 2 } }),
      wrong('another worker', { lease: { ...base.lease, worker: hex(made('thief', 20)) } }),
      wrong('a leaf above the gas limit', { gasLimit: '1000000' }),
      {
        ...commit('', lease('worker e', 5, 0, 0), 0, [full], String(U64_MAX)),
        name: 'a gas sum beyond 64 bits',
        leaves: [full, full],
      },
    ],
  };
}

function auditAndVoteFile() {
  const leaf = preimage('12', 130, leaves('c', 3)[2]);
  const account = made('auditor', 20);
  const vote = (name, dispute) => {
    const salt = made(`salt ${name}`, 32);
    const valoper = made(`valoper ${name}`, 20);
    return {
      name,
      salt: hex(salt),
      valoper: hex(valoper),
      dispute: String(dispute),
      leaf: hex(leaf),
      hash: hex(sha256('dmcn/vote/1', salt, valoper, be(8, dispute), leaf)),
    };
  };
  return {
    about: 'What auditors post and what referees post before the reveal; leaf is a preimage.',
    audits: [
      {
        name: 'an audit',
        auditor: hex(account),
        leaf: hex(leaf),
        hash: hex(sha256('dmcn/audit/1', account, leaf)),
      },
    ],
    votes: [vote('the first dispute', 1), vote('the largest dispute id', U64_MAX)],
  };
}

export const encodings = {
  'leaf.json': leafFile,
  'merkle.json': merkleFile,
  'input-index.json': inputIndexFile,
  'commitment.json': commitmentFile,
  'audit-and-vote.json': auditAndVoteFile,
};
