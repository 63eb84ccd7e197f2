import assert from 'node:assert/strict';
import { ChainRejectedError } from '../errors/index.js';

/** A call that the chain must refuse, with the name of the rule. */
export type RejectionCheck = readonly [reason: string, call: () => Promise<unknown>];

/** Fails unless the chain refuses the call for this reason. */
export async function rejectedAs([reason, call]: RejectionCheck): Promise<void> {
  await assert.rejects(call(), (error) => {
    assert.ok(error instanceof ChainRejectedError, `want ${reason}, got ${error}`);
    assert.equal(error.reason, reason, error.message);
    return true;
  });
}
