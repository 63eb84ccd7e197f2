// Sealed leaves, output bundles and wrapped keys.
import { lease, leaseBytes, leaves, record, U32_MAX, U64_MAX } from './encodings.mjs';
import { aead, be, cat, hex, hpkeSeal, made, sha256, x25519Derive, x25519Public } from './reference.mjs';

function sealedLeavesFile() {
  const seal = (name, id, list) => {
    const key = made(`K of ${name}`, 32);
    return {
      name,
      lease: id,
      key: hex(key),
      leaves: list,
      sealed: hex(aead(key, be(12, 2n ** 32n), leaseBytes(id), cat(...list.map(record)))),
    };
  };
  return {
    about: 'Leaves sealed under K.',
    cases: [
      seal('one leaf, epoch 0', lease('worker a', 1, 0, 0), leaves('a', 1)),
      seal('64 leaves', lease('worker b', 9, 3, 0), leaves('b', 64)),
      seal('63 leaves at the largest ids', lease('worker c', U64_MAX, U32_MAX, U32_MAX), leaves('c', 63)),
    ],
  };
}

function outputsFile() {
  const bundle = (name, id, firstUnit, lengths) => {
    const key = made(`K_out of ${name}`, 32);
    const outputs = lengths.map((length, i) => made(`output ${i}`, length));
    const parts = outputs.flatMap((output, i) => {
      const ciphertext = aead(key, be(12, firstUnit + i), leaseBytes(id), output);
      return [be(4, ciphertext.length), ciphertext];
    });
    return {
      name,
      lease: id,
      key: hex(key),
      firstUnit,
      outputs: outputs.map(hex),
      bundle: hex(cat(...parts)),
      outputsHash: hex(sha256(cat(...parts))),
    };
  };
  return {
    about: 'Outputs bundles under K_out.',
    cases: [
      bundle('one empty output', lease('worker a', 1, 0, 0), 0, [0]),
      bundle('a batch in the middle of a job', lease('worker b', 9, 3, 1), 192, [1, 0, 100, 64]),
      bundle('the last unit of the largest job', lease('worker c', U64_MAX, 16_383, 0), 1_048_575, [33]),
    ],
  };
}

function wrappedKeyFile() {
  const wrap = (name, kind, chainId, job, batch, epoch) => {
    const privateKey = x25519Derive(made(`recipient of ${name}`, 32));
    const publicKey = x25519Public(privateKey);
    const ephemeral = x25519Derive(made(`ephemeral of ${name}`, 32));
    const recipient = made(`account of ${name}`, 20);
    const key = made(`key of ${name}`, 32);
    const info = cat(
      'dmcn/wrap/1',
      [kind === 'leaf' ? 0 : 1],
      be(2, chainId.length),
      chainId,
      be(8, job),
      be(4, batch),
      be(4, epoch),
      recipient,
    );
    return {
      name,
      kind,
      chainId,
      job: String(job),
      batch,
      epoch,
      recipient: hex(recipient),
      seed: hex(made(`recipient of ${name}`, 32)),
      privateKey: hex(privateKey),
      publicKey: hex(publicKey),
      ephemeralPrivateKey: hex(ephemeral),
      key: hex(key),
      info: hex(info),
      wrapped: hex(hpkeSeal(ephemeral, publicKey, info, key)),
    };
  };
  return {
    about: 'Keys wrapped by HPKE with a fixed ephemeral key; the recipient pair is derived from the seed (RFC 9180).',
    cases: [
      wrap('K for an opener', 'leaf', 'dmcn-devnet-1', 1, 0, 0),
      wrap('K_out for the requester', 'output', 'dmcn-devnet-1', 9, 3, 1),
      wrap('the largest ids', 'output', 'c'.repeat(48), U64_MAX, U32_MAX, U32_MAX),
    ],
  };
}

export const encryption = {
  'sealed-leaves.json': sealedLeavesFile,
  'outputs.json': outputsFile,
  'wrapped-key.json': wrappedKeyFile,
};
