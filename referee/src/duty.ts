import type { DisputeRecord } from '@dmcn/chain-client';

/** What a validator owes a dispute. The chain's state alone decides, so that a restart changes nothing. */
export type Duty = 'commit' | 'reveal';

/** The duty of a validator in a dispute for the next block; undefined where it has none, or no power in it. */
export function dutyOf(
  { dispute, votes }: DisputeRecord,
  validator: string,
  height: number,
): Duty | undefined {
  const own = votes.find((vote) => vote.validator === validator);
  if (own === undefined || own.power <= 0n) return undefined;
  switch (dispute.state) {
    case 'Committing':
      return own.hash === undefined && height < dispute.commitDeadline ? 'commit' : undefined;
    case 'Revealing':
      return own.hash !== undefined && own.leaf === undefined && height < dispute.deadline
        ? 'reveal'
        : undefined;
    case 'Queued':
    case 'Decided':
      return undefined;
  }
}
