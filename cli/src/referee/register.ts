import type { Address, Signer } from '@dmcn/chain-client';
import { hexToBytes } from '@dmcn/protocol';
import { ensureRefereeRegistered } from '@dmcn/referee';
import { type Account, type Context, type GlobalOptions, openAccount } from '../context.js';
import { UsageError } from '../errors.js';
import { keystoreFor } from '../keys.js';
import { REFEREE_KEY } from './home.js';

export interface RegisterFlags extends GlobalOptions {
  readonly referee?: string;
  readonly account?: string;
  readonly encryptionKey?: string;
  /** False for --no-fees. */
  readonly fees: boolean;
}

interface Named {
  readonly account: Address;
  readonly encryptionKey: Uint8Array;
}

/** Names the referee of the validator that the key --from operates, and lets it vote. Changes nothing where all is so. */
export async function registerReferee(flags: RegisterFlags, context: Context): Promise<void> {
  const chain = await context.chain();
  const operator = (await context.account()).signer;
  const named = await namedBy(flags, context, chain.chainId);
  const sent = await register(operator, named, flags.fees, context);
  const validator = chain.validatorOf(operator.address);
  context.out.result({ validator, ...named, sent }, () =>
    sent.length > 0
      ? `${named.account} is the referee of ${validator} and may vote for it`
      : `${named.account} was the referee of ${validator} already`,
  );
}

/** Does what is missing; returns the kinds of the messages that it sent. */
export async function register(
  operator: Signer,
  { account, encryptionKey }: Named,
  payFees: boolean,
  context: Context,
): Promise<readonly string[]> {
  const chain = await context.chain();
  const registration = { operator, account, encryptionKey, payFees };
  const messages = await ensureRefereeRegistered(chain, registration, context.signal);
  return messages.map(({ type }) => type);
}

/** A key of this home, which must exist. */
export async function keyNamed(name: string, context: Context, chainId: string): Promise<Account> {
  return openAccount(name, await (await keystoreFor(context, chainId)).load(name));
}

async function namedBy(flags: RegisterFlags, context: Context, chainId: string): Promise<Named> {
  const { account, encryptionKey, referee } = flags;
  if (account === undefined && encryptionKey === undefined) {
    const { signer, encryption } = await keyNamed(referee ?? REFEREE_KEY, context, chainId);
    return { account: signer.address, encryptionKey: encryption.publicKey };
  }
  if (account === undefined || encryptionKey === undefined || referee !== undefined)
    throw new UsageError(
      'give --account with --encryption-key, or --referee with the name of a key of this home',
    );
  if (!/^[0-9a-fA-F]{64}$/.test(encryptionKey))
    throw new UsageError('--encryption-key is not 64 hex digits; "dmcn referee start" prints it');
  return { account, encryptionKey: hexToBytes(encryptionKey.toLowerCase()) };
}
