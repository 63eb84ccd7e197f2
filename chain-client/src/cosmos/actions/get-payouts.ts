import type { AccountPayouts } from '../../types/stake.js';
import type { CosmosContext } from '../context.js';
import { amount, count } from '../convert/scalar.js';
import * as task from '../gen/dmcn/task/v1/query.js';
import * as worker from '../gen/dmcn/worker/v1/query.js';
import { query } from '../query.js';

/** What the accounts of x/task and x/worker hold and owe. */
export async function getPayouts(context: CosmosContext): Promise<AccountPayouts[]> {
  const both = await Promise.all([
    query(context, {
      path: 'dmcn.task.v1.Query/Payouts',
      request: task.QueryPayoutsRequest,
      response: task.QueryPayoutsResponse,
      message: {},
      convert: ({ accounts }) => accounts.map(toPayouts),
      subject: ['accounts of', 'x/task'],
    }),
    query(context, {
      path: 'dmcn.worker.v1.Query/Payouts',
      request: worker.QueryPayoutsRequest,
      response: worker.QueryPayoutsResponse,
      message: {},
      convert: ({ accounts }) => accounts.map(toPayouts),
      subject: ['accounts of', 'x/worker'],
    }),
  ]);
  return both.flat();
}

const toPayouts = (account: task.AccountPayouts): AccountPayouts => ({
  name: account.name,
  address: account.address,
  held: amount(account.held),
  owed: amount(account.owed),
  pausedHeight: count(account.pausedHeight),
});
