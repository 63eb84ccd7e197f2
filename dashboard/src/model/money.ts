/** A part of what a job was funded with. */
export interface Part {
  readonly name: string;
  readonly udmc: bigint;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  /** Shares of the parts before it. */
  readonly before: number;
}

interface Money {
  readonly funded: string;
  readonly paid: string;
  readonly royalties: string;
  readonly fees: string;
  readonly audits: string;
  readonly refunded: string;
  readonly remaining: string;
}

const PARTS = [
  ['paid', 'to workers'],
  ['royalties', 'to the author'],
  ['audits', 'to auditors'],
  ['fees', 'to the community'],
  ['refunded', 'refunded'],
  ['remaining', 'in escrow'],
] as const;

/** Where a job's money went: parts that add up to what it was funded with. */
export function partsOf(money: Money): readonly Part[] {
  const funded = BigInt(money.funded);
  const shareOf = (udmc: bigint) => (funded === 0n ? 0 : Number((udmc * 10_000n) / funded) / 10_000);
  let sum = 0n;
  return PARTS.map(([field, name]) => {
    const udmc = BigInt(money[field]);
    const before = shareOf(sum);
    sum += udmc;
    return { name, udmc, share: shareOf(udmc), before };
  });
}

/** What the job cost so far. */
export const costOf = (money: Money): bigint =>
  BigInt(money.paid) + BigInt(money.royalties) + BigInt(money.fees) + BigInt(money.audits);
