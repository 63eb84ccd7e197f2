import type { MessageType } from './message.js';
import type { Udmc } from './primitives.js';

/** What one account may let another one pay in fees. */
export interface FeeAllowance {
  /** What is left of it; no limit where absent. */
  readonly spendLimit?: Udmc;
  readonly expiration?: Date;
}

/** A kind of message that one account may send in another one's name. */
export interface MessageGrant {
  readonly message: MessageType;
  readonly expiration?: Date;
}
