import type { Message, MessageType } from '../../types/message.js';
import type { Udmc } from '../../types/primitives.js';

/** A gas price as a fraction, in udmc for one gas. */
export interface GasPrice {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Reads a price such as `0.001udmc`. Throws `RangeError`. */
export function parseGasPrice(text: string): GasPrice {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?udmc$/.exec(text) ?? [];
  if (whole === undefined)
    throw new RangeError(`gas price ${text} is not a number of udmc such as 0.001udmc`);
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

/** What gas costs, rounded up. */
export const feeFor = (gas: bigint, { numerator, denominator }: GasPrice): Udmc =>
  (gas * numerator + denominator - 1n) / denominator;

/** Gas of taking a fee, which a simulation without one does not see. */
const feeGas = 30_000n;

/** The limit for a simulated use: 1.3 times of it. */
export const withMargin = (used: bigint): bigint => ((used + feeGas) * 13n) / 10n;

/** Of a transaction without messages: signature, fee, expiry. */
const baseGas = 120_000n;

/** Where nothing can be simulated: enough gas for usual messages. */
const fallbackGas: Readonly<Record<MessageType, bigint>> = {
  registerWorker: 250_000n,
  updateWorker: 120_000n,
  pauseWorker: 150_000n,
  resumeWorker: 150_000n,
  bond: 200_000n,
  withdraw: 200_000n,
  storeModule: 200_000n,
  removeModule: 150_000n,
  submitJob: 250_000n,
  cancelJob: 300_000n,
  confirmInputs: 150_000n,
  acceptOffer: 200_000n,
  commit: 250_000n,
  open: 400_000n,
  reportMissingInput: 250_000n,
  acceptBatch: 400_000n,
  demandOutput: 200_000n,
  postOutput: 250_000n,
  postAudit: 250_000n,
  showKey: 250_000n,
  challenge: 400_000n,
  postInput: 300_000n,
  registerReferee: 120_000n,
  commitVote: 200_000n,
  revealVote: 250_000n,
  grantMessages: 100_000n,
  send: 80_000n,
  delegate: 300_000n,
  undelegate: 350_000n,
  withdrawRewards: 250_000n,
  grantFees: 100_000n,
};

/** Of a byte of a transaction that is only looked at, and of one that goes into the state. */
const gasOfByte = 10n;
const gasOfStoredByte = 60n;

/** A limit without a simulation, from the messages and the size of their transaction. */
export function estimateGas(messages: readonly Message[], txBytes: number): bigint {
  const byte = messages.some(({ type }) => type === 'storeModule') ? gasOfByte + gasOfStoredByte : gasOfByte;
  return messages.reduce((sum, { type }) => sum + fallbackGas[type], baseGas + BigInt(txBytes) * byte);
}
