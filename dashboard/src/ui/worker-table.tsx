import type { WorkerStatus } from '../api/types.js';
import { whole } from '../format/numbers.js';
import { words } from '../format/text.js';
import { Meter } from './cells.js';
import { Address, Amount } from './parts.js';
import { Table } from './table.js';

export interface ListedWorker {
  readonly owner: string;
  readonly status: WorkerStatus;
  readonly reputation: number;
  readonly availability: number;
  readonly ask: string;
  readonly load: number;
  readonly earned: string;
  readonly unitsPaid: string;
}

const TROUBLE: readonly WorkerStatus[] = ['Jailed', 'Tombstoned'];

export const Status = ({ of }: { readonly of: WorkerStatus }) => (
  <span class={TROUBLE.includes(of) ? 'trouble' : of === 'Active' ? '' : 'soft'}>{words(of)}</span>
);

/** Reputation runs from 1,000 to 11,000. */
export const Reputation = ({ of }: { readonly of: number }) => (
  <span class="metered">
    <Meter value={of} of={11_000} name="Reputation" />
    {whole(of)}
  </span>
);

export const WorkerTable = ({
  workers,
  room,
}: {
  readonly workers: readonly ListedWorker[];
  readonly room?: number;
}) => (
  <Table
    caption="Workers"
    rows={workers}
    room={room ?? 0}
    empty="No worker is registered yet."
    columns={[
      { name: 'Worker', cell: ({ owner }) => <Address of={owner} kind="workers" /> },
      { name: 'Status', cell: ({ status }) => <Status of={status} /> },
      { name: 'Reputation', cell: ({ reputation }) => <Reputation of={reputation} />, number: true },
      {
        name: 'Availability',
        cell: ({ availability }) => `${(availability / 100).toFixed(1)} %`,
        number: true,
        from: 'desk',
      },
      { name: 'Ask', cell: ({ ask }) => whole(ask), number: true, from: 'tablet' },
      { name: 'In work', cell: ({ load }) => load, number: true, from: 'tablet' },
      { name: 'Units', cell: ({ unitsPaid }) => whole(unitsPaid), number: true, from: 'desk' },
      { name: 'Earned, DMC', cell: ({ earned }) => <Amount udmc={earned} />, number: true },
    ]}
  />
);
