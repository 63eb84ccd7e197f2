import type { OrderBy } from '@dmcn/indexer';
import { builder } from '../builder.js';

const directions = ['ASC', 'DESC'] as const;

type Name<Field extends string> = `${Field}_${(typeof directions)[number]}`;

/** An enum of orders, each field in both directions, and what the list makes of its values. */
const orders = <Field extends string, Order extends string>(
  name: string,
  fields: Readonly<Record<Field, Order>>,
) => {
  const byName = new Map(
    Object.entries<Order>(fields).flatMap(([field, order]) =>
      directions.map((direction): [string, OrderBy<Order>] => [
        `${field}_${direction}`,
        { field: order, descending: direction === 'DESC' },
      ]),
    ),
  );
  return {
    type: builder.enumType(name, { values: [...byName.keys()] as Name<Field>[] }),
    of: (value: Name<Field>): OrderBy<Order> => {
      const order = byName.get(value);
      if (order === undefined) throw new Error(`${value} is no order of ${name}`);
      return order;
    },
  };
};

export const moduleOrder = orders('ModuleOrder', { STORED: 'stored' });
export const jobOrder = orders('JobOrder', { ID: 'id', PRICE: 'price', FUNDED: 'funded' });
export const batchOrder = orders('BatchOrder', { ID: 'id' });
export const leaseOrder = orders('LeaseOrder', { ID: 'id' });
export const unitOrder = orders('UnitOrder', { ID: 'id' });
export const paymentOrder = orders('PaymentOrder', { HEIGHT: 'place' });
export const historyOrder = orders('HistoryOrder', { HEIGHT: 'place' });
export const auditOrder = orders('AuditOrder', { ID: 'id' });
export const disputeOrder = orders('DisputeOrder', { ID: 'id' });
export const proposalOrder = orders('ProposalOrder', { ID: 'id' });
export const slashOrder = orders('SlashOrder', { ID: 'id' });
export const blockOrder = orders('BlockOrder', { HEIGHT: 'height' });
export const periodOrder = orders('PeriodOrder', { START: 'start' });
export const requesterOrder = orders('RequesterOrder', { FIRST: 'first', PAID: 'paid', JOBS: 'jobs' });
export const validatorOrder = orders('ValidatorOrder', {
  OPERATOR: 'operator',
  PROPOSED: 'proposed',
  STAKE: 'stake',
});
export const workerOrder = orders('WorkerOrder', {
  OWNER: 'owner',
  ASK: 'ask',
  REPUTATION: 'reputation',
  EARNED: 'earned',
  REGISTERED: 'registered',
});
