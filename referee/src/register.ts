import {
  type Address,
  type Bytes32,
  type ChainClient,
  found,
  type Message,
  type Signer,
} from '@dmcn/chain-client';
import { equalBytes } from '@dmcn/protocol';

/** Whom a validator's operator names as its referee. */
export interface RefereeRegistration {
  readonly operator: Signer;
  readonly account: Address;
  /** X25519 public key of the referee, which keys of batches are wrapped for. */
  readonly encryptionKey: Bytes32;
  /** Lets the operator pay the referee's fees. */
  readonly payFees: boolean;
}

/** What a referee does in its operator's name. */
const VOTES = ['commitVote', 'revealVote'] as const;

/**
 * Makes an account the referee of a validator, lets it vote in the operator's name, and pays its fees if so wished: whatever of that is not so
 * yet, in one transaction. Resolves with what it sent, nothing where all was so. Rejects as `ChainWriter.submit` does.
 */
export async function ensureRefereeRegistered(
  chain: ChainClient,
  { operator, account, encryptionKey, payFees }: RefereeRegistration,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const pair = { granter: operator.address, grantee: account };
  const [referee, grants, allowance] = await Promise.all([
    found(chain.referee(chain.validatorOf(operator.address))),
    chain.messageGrants(pair),
    found(chain.feeAllowance(pair)),
  ]);
  const isNamed = referee?.account === account && equalBytes(referee.encryptionKey, encryptionKey);
  const missing = VOTES.filter((type) => !grants.some(({ message }) => message === type));
  const messages: Message[] = [
    ...(isNamed ? [] : [{ type: 'registerReferee', account, encryptionKey } as const]),
    ...missing.map((message) => ({ type: 'grantMessages', grantee: account, message }) as const),
    ...(payFees && !allowance ? [{ type: 'grantFees', grantee: account } as const] : []),
  ];
  if (messages.length > 0) await chain.submit(messages, { signer: operator, signal });
  return messages;
}
