import {
  type ChainClient,
  type FeeAllowance,
  type Message,
  type MessageType,
  NotFoundError,
  type Referee,
  type Signer,
} from '@dmcn/chain-client';
import { expect, test } from 'vitest';
import { ensureRefereeRegistered } from './register.js';

const operator: Signer = { address: 'operator', publicKey: new Uint8Array(33), sign: async (it) => it };
const encryptionKey = new Uint8Array(32).fill(7);
const never = new AbortController().signal;
const named: Referee = { validator: 'operator-val', account: 'me', encryptionKey, registeredHeight: 1 };

interface Known {
  readonly referee?: Referee;
  readonly grants?: readonly MessageType[];
  readonly allowance?: FeeAllowance;
}

/** The kinds of messages that are sent where the chain knows that much. */
async function sent({ referee, grants = [], allowance }: Known, payFees = true): Promise<string[]> {
  const all: Message[] = [];
  const orMissing = async <T>(what: string, value: T | undefined): Promise<T> => {
    if (value === undefined) throw new NotFoundError(what, '');
    return value;
  };
  const chain: Partial<ChainClient> = {
    validatorOf: (address) => `${address}-val`,
    referee: () => orMissing('referee', referee),
    messageGrants: async () => grants.map((message) => ({ message })),
    feeAllowance: () => orMissing('fee allowance', allowance),
    submit: async (messages, { signer }) => {
      expect(signer).toBe(operator);
      all.push(...messages);
      return {} as never;
    },
  };
  const registration = { operator, account: 'me', encryptionKey, payFees };
  const returned = await ensureRefereeRegistered(chain as ChainClient, registration, never);
  expect(returned).toEqual(all);
  return all.map((message) => ('message' in message ? `${message.type} ${message.message}` : message.type));
}

const votes: readonly MessageType[] = ['commitVote', 'revealVote'];
const voteGrants = ['grantMessages commitVote', 'grantMessages revealVote'];

test.each<[string, Known, readonly string[]]>([
  ['nothing is there yet', {}, ['registerReferee', ...voteGrants, 'grantFees']],
  ['all is there', { referee: named, grants: votes, allowance: {} }, []],
  [
    'another account is named',
    { referee: { ...named, account: 'other' }, grants: votes, allowance: {} },
    ['registerReferee'],
  ],
  [
    'its encryption key is another one',
    { referee: { ...named, encryptionKey: new Uint8Array(32) }, grants: votes, allowance: {} },
    ['registerReferee'],
  ],
  [
    'a grant has run out',
    { referee: named, grants: ['commitVote'], allowance: {} },
    ['grantMessages revealVote'],
  ],
])('an operator sends what is missing where %s', async (_, known, expected) => {
  expect(await sent(known)).toEqual(expected);
});

test('it grants no fees where the referee pays them by itself', async () => {
  expect(await sent({ referee: named, grants: votes }, false)).toEqual([]);
});
