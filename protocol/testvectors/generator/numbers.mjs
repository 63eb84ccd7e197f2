// Randomness, batch arithmetic and sums of money.
import { U32_MAX, U64_MAX } from './encodings.mjs';
import { be, ceil, floor, hex, made, root, sha256 } from './reference.mjs';

const U128_MAX = 2n ** 128n - 1n;
const GIGA = 10n ** 9n;

function randomnessFile() {
  const seed = made('seed', 32);
  const random = (purpose, job, batch, epoch, round) => ({
    name: `${purpose}, job ${job}, batch ${batch}, epoch ${epoch}, round ${round}`,
    seed: hex(seed),
    purpose,
    job: String(job),
    batch,
    epoch,
    round,
    r: hex(sha256(seed, `dmcn/${purpose}/1`, be(8, job), be(4, batch), be(4, epoch), be(4, round))),
  });
  const r = sha256('r');
  const pick = (attempt, slots) => ({
    r: hex(r),
    attempt,
    slots: String(slots),
    slot: String(sha256(r, be(4, attempt)).readBigUInt64BE() % BigInt(slots)),
  });
  const permutation = (n) => {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Number(sha256(r, be(4, i)).readBigUInt64BE() % BigInt(i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return { r: hex(r), n, order };
  };
  const first = r.readBigUInt64BE();
  const coin = (name, bytes, threshold, hits) => ({ name, r: hex(bytes), threshold: String(threshold), hits });
  const ones = Buffer.alloc(32, 0xff);
  const threshold = (probabilityBps, heights) => {
    if (probabilityBps === 10_000) return { probabilityBps, heights, threshold: String(U64_MAX) };
    const m = BigInt(heights);
    // 10^4 * 2^64 * ((10^4-p)/10^4)^(1/m), rounded down; a coin misses from the least number not below it.
    const scaled = BigInt(10_000 - probabilityBps) << (64n * m);
    let miss = root(scaled * 10_000n ** (m - 1n), m) / 10_000n;
    while (miss ** m * 10_000n < scaled) miss += 1n;
    return { probabilityBps, heights, threshold: String(2n ** 64n - miss) };
  };
  return {
    about: 'Randomness of a purpose, picks among slots, permutations of a batch, coins, and the threshold a height for a probability over m heights.',
    purposes: [
      random('draw', 1, 0, 0, 0),
      random('coin', 1, 0, 0, 3),
      random('audit', 9, 3, 1, 0),
      random('opener', 9, 3, 1, 1),
      random('draw', U64_MAX, U32_MAX, U32_MAX, U32_MAX),
    ],
    picks: [pick(0, 1), pick(0, 7), pick(1, 7), pick(15, 1000), pick(3, 2 ** 40), pick(2, U64_MAX)],
    permutations: [permutation(0), permutation(1), permutation(2), permutation(5), permutation(64)],
    coins: [
      coin('never at 0', Buffer.alloc(32), 0n, false),
      coin('equal is no hit', r, first, false),
      coin('one above is a hit', r, first + 1n, true),
      coin('just below certainty can miss', ones, U64_MAX - 1n, false),
      coin('certainty always hits', ones, U64_MAX, true),
    ],
    thresholds: [
      threshold(0, 4),
      threshold(2_000, 1),
      threshold(2_000, 4),
      threshold(5_000, 4),
      threshold(10_000, 4),
      threshold(2_000, 100),
      threshold(5_000, 100),
      threshold(1, 100),
      threshold(9_999, 100),
    ],
  };
}

function batchFile() {
  const shape = (units, batchSize, places) => {
    const all = [];
    for (let firstUnit = 0; firstUnit < units; firstUnit += batchSize) {
      all.push({ batch: all.length, firstUnit, length: firstUnit + batchSize > units ? units - firstUnit : batchSize });
    }
    return {
      units,
      batchSize,
      batches: all.length,
      ranges: [...new Set([all[0], all[1], all.at(-2), all.at(-1)])].filter((range) => range !== undefined),
      places,
    };
  };
  const place = (unit, batch, position) => ({ unit, batch, position });
  return {
    about: 'How jobs are cut into batches, where units stand in them, and shapes that no job may have.',
    shapes: [
      shape(1, 1, [place(0, 0, 0)]),
      shape(1, 64, [place(0, 0, 0)]),
      shape(64, 64, [place(0, 0, 0), place(63, 0, 63)]),
      shape(65, 64, [place(63, 0, 63), place(64, 1, 0)]),
      shape(63, 32, [place(31, 0, 31), place(32, 1, 0), place(62, 1, 30)]),
      shape(1000, 32, [place(999, 31, 7)]),
      shape(2 ** 20, 64, [place(2 ** 20 - 1, 16_383, 63)]),
      shape(2 ** 20, 1, [place(2 ** 20 - 1, 2 ** 20 - 1, 0)]),
    ],
    refused: [
      { name: 'no unit', units: 0, batchSize: 32 },
      { name: 'too many units', units: 2 ** 20 + 1, batchSize: 32 },
      { name: 'no batch size', units: 10, batchSize: 0 },
      { name: 'batch size too large', units: 10, batchSize: 65 },
    ],
    absent: [
      { name: 'batch past the last', units: 65, batchSize: 64, batch: 2, unit: 65 },
      { name: 'unit in the empty part of the last batch', units: 63, batchSize: 32, batch: 2, unit: 63 },
    ],
  };
}

function amountsFile() {
  const text = (object) =>
    Object.fromEntries(Object.entries(object).map(([k, v]) => [k, typeof v === 'bigint' ? String(v) : v]));
  const escrow = (name, terms) => {
    const { units, batchSize, gasLimit: G, maxPrice: P, royaltyBps, feeBps, auditors, samples, auditFloor } = terms;
    const batches = BigInt(Math.trunc((units + batchSize - 1) / batchSize));
    const work = ceil(BigInt(units) * G * P * BigInt(10_000 + royaltyBps + feeBps), 10n ** 13n);
    const audit = BigInt(auditors) * (ceil(BigInt(samples) * G * P * 17n, 10n * GIGA) + auditFloor);
    const total = work + batches * audit;
    return total > U128_MAX ? { name, ...text(terms), error: true } : { name, ...text(terms), escrow: String(total) };
  };
  const typical = {
    units: 1000,
    batchSize: 32,
    gasLimit: 2n * GIGA,
    maxPrice: 1000n,
    royaltyBps: 0,
    feeBps: 200,
    auditors: 1,
    samples: 2,
    auditFloor: 1000n,
  };
  const bond = (units, gasLimit, maxPrice, factor = 25) => {
    const value = ceil(BigInt(factor) * BigInt(units) * gasLimit * maxPrice, GIGA);
    const terms = { ...text({ units, gasLimit, maxPrice }), factor };
    return value > U128_MAX ? { ...terms, error: true } : { ...terms, bond: String(value) };
  };
  const payment = (gasTotal, ask, royaltyBps, feeBps) => {
    const pay = floor(gasTotal * ask, GIGA);
    const share = (bps) => floor(pay * BigInt(bps), 10_000n);
    return text({ gasTotal, ask, royaltyBps, feeBps, pay, royalty: share(royaltyBps), fee: share(feeBps) });
  };
  const fee = (round, gas, ask, maxPrice, auditFloor) => {
    const counted = ask > maxPrice ? maxPrice : ask;
    const value = floor(gas * counted * BigInt(13 + round), 10n * GIGA) + auditFloor;
    return text({ round, gas, ask, maxPrice, auditFloor, fee: value });
  };
  const deposit = (samples, gasLimit, maxPrice, auditFloor) =>
    text({
      samples,
      gasLimit,
      maxPrice,
      auditFloor,
      deposit: ceil(13n * BigInt(samples) * gasLimit * maxPrice, GIGA) + 10n * auditFloor,
    });
  return {
    about: 'Sums of money in udmc; prices are udmc per 10^9 gas. "error" marks sums beyond 128 bits.',
    escrow: [
      escrow('a typical job', typical),
      escrow('with the largest royalty', { ...typical, royaltyBps: 2_000 }),
      escrow('no audits', { ...typical, auditors: 0, samples: 0, auditFloor: 0n }),
      escrow('one unit, every part rounded up', {
        ...typical,
        units: 1,
        batchSize: 64,
        gasLimit: 1n,
        maxPrice: 1n,
        samples: 1,
      }),
      escrow('work that divides evenly is not rounded', {
        ...typical,
        units: 5,
        batchSize: 2,
        gasLimit: GIGA,
        maxPrice: 50n,
        auditFloor: 0n,
        feeBps: 0,
      }),
      escrow('fractions of work and audit', { ...typical, units: 63, gasLimit: 1_000_000_001n, maxPrice: 7n, royaltyBps: 333 }),
      escrow('free of charge', { ...typical, maxPrice: 0n, auditFloor: 0n }),
      escrow('full replication by three auditors', { ...typical, batchSize: 64, samples: 64, auditors: 3 }),
      escrow('largest job and gas', { ...typical, units: 2 ** 20, batchSize: 64, gasLimit: U64_MAX, maxPrice: 10n ** 12n }),
      escrow('beyond 128 bits', { ...typical, gasLimit: U64_MAX, maxPrice: U128_MAX }),
    ],
    bond: [
      bond(1, 1n, 1n),
      bond(64, 2n * GIGA, 1000n),
      bond(63, 1_000_000_007n, 999n),
      bond(32, GIGA, 40n),
      bond(8, 2n * GIGA, 1000n, 10),
      bond(64, U64_MAX, 10n ** 18n),
      bond(64, U64_MAX, U128_MAX),
    ],
    payment: [
      payment(0n, 1000n, 2_000, 200),
      payment(999_999_999n, 1n, 2_000, 200),
      payment(GIGA, 1n, 2_000, 200),
      payment(64n * 2n * GIGA, 1000n, 0, 200),
      payment(12_345_678_901n, 777n, 333, 200),
      payment(U64_MAX, U128_MAX, 10_000, 10_000),
    ],
    auditFee: [
      fee(0, 4n * GIGA, 500n, 1000n, 1000n),
      fee(0, 4n * GIGA, 2000n, 1000n, 1000n),
      fee(4, 4n * GIGA, 1000n, 1000n, 1000n),
      fee(1, 1_234_567n, 333n, 1000n, 0n),
      fee(2, U64_MAX, 10n ** 18n, 10n ** 18n, 7n),
    ],
    auditDeposit: [
      deposit(2, 2n * GIGA, 1000n, 1000n),
      deposit(1, 1n, 1n, 0n),
      deposit(64, U64_MAX, 10n ** 15n, 5n),
    ],
  };
}

function dmcFile() {
  return {
    about: 'Amounts as people read and write them, in DMC.',
    written: [
      { udmc: '0', dmc: '0' },
      { udmc: '1', dmc: '0.000001' },
      { udmc: '999999', dmc: '0.999999' },
      { udmc: '1000000', dmc: '1' },
      { udmc: '1500000', dmc: '1.5' },
      { udmc: '1234567890', dmc: '1234.56789' },
      { udmc: String(U128_MAX), dmc: '340282366920938463463374607431768.211455' },
    ],
    read: [
      { dmc: '1.500000', udmc: '1500000' },
      { dmc: '007', udmc: '7000000' },
      { dmc: '0.1', udmc: '100000' },
    ],
    refused: ['', ' ', '.5', '1.', '-1', '+1', '1e6', '0x10', '1,5', '1.0000001', '1 DMC', 'DMC', '1.5\n'].concat(
      '340282366920938463463374607431768.211456',
    ),
  };
}

export const numbers = {
  'randomness.json': randomnessFile,
  'batch.json': batchFile,
  'amounts.json': amountsFile,
  'dmc.json': dmcFile,
};
