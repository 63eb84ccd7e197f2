import type { builder } from '../builder.js';
import { PeriodSize } from './enums.js';
import { periodOrder } from './orders.js';

interface Period {
  readonly size: typeof PeriodSize.$inferType;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

type ArgBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0];

/** Arguments of a list of stretches of time. */
export const periodArgs = (t: Pick<ArgBuilder, 'arg'>) => ({
  size: t.arg({ type: PeriodSize, required: true, defaultValue: 'hour' }),
  from: t.arg({ type: 'DateTime', description: 'First start.' }),
  to: t.arg({ type: 'DateTime', description: 'Start behind the last one.' }),
  orderBy: t.arg({ type: periodOrder.type, required: true, defaultValue: 'START_DESC' }),
});

/** The list's filter of those arguments. */
export const periodFilter = ({ size, from, to }: Period) => ({
  size,
  ...(from && { from: from.getTime() }),
  ...(to && { to: to.getTime() }),
});
