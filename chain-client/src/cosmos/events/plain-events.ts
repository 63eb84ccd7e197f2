import type { ChainEvent } from '../../types/events.js';
import { denom } from '../coin.js';
import { amount, present } from '../convert/scalar.js';

/** Attributes of an event of the SDK, as plain text. */
type Attributes = ReadonlyMap<string, string>;

/** Reads an event of the SDK; undefined where it concerns nothing that this system knows. */
export type PlainReader = (attributes: Attributes) => ChainEvent | undefined;

const textOf = (attributes: Attributes, name: string): string => present(attributes.get(name), name);

const coinPattern = new RegExp(`^(\\d+)${denom}$`);

/** The amount of our coin in a list as `12udmc,3other`. */
const coinsOf = (attributes: Attributes): bigint => {
  const coins = textOf(attributes, 'amount').split(',');
  return coins.reduce((sum, coin) => sum + amount(coinPattern.exec(coin)?.[1] ?? ''), 0n);
};

const moved =
  (type: 'Minted' | 'Burned', account: string): PlainReader =>
  (attributes) => {
    const coins = coinsOf(attributes);
    if (coins === 0n) return undefined;
    return { type, data: { account: textOf(attributes, account), amount: coins } };
  };

const ended =
  (cause: 'dropped' | 'cancelled'): PlainReader =>
  (attributes) => ({
    type: 'ProposalEnded',
    data: { proposalId: amount(textOf(attributes, 'proposal_id')), cause },
  });

/** Events of the SDK's modules by their names on the wire; our own ones are typed, these are not. */
export const plainReaders: ReadonlyMap<string, PlainReader> = new Map([
  ['coinbase', moved('Minted', 'minter')],
  ['burn', moved('Burned', 'burner')],
  ['inactive_proposal', ended('dropped')],
  ['cancel_proposal', ended('cancelled')],
]);
