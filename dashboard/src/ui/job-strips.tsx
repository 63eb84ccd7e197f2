import type { BatchState, JobState } from '../api/types.js';
import { share, whole } from '../format/numbers.js';
import { nodes } from '../model/connection.js';
import { phasesOf } from '../model/phases.js';
import { Cells } from './cells.js';
import { Address, Amount, JobLink, ModuleLink } from './parts.js';
import { Table } from './table.js';

export interface StripJob {
  readonly id: string;
  readonly state: JobState;
  readonly requester: string;
  readonly maxPrice: string;
  readonly paid: string;
  readonly unitCount: number;
  readonly unitsPaid: number;
  readonly batchCount: number;
  readonly finalBatches: number;
  readonly endedBatches: number;
  readonly module: { readonly id: string; readonly name: string };
  readonly batches: { readonly edges: readonly { readonly node: { readonly state: BatchState } }[] };
}

const CELLS = 64;

const stateOf = ({ state, finalBatches, endedBatches, batchCount }: StripJob) =>
  state === 'Open' ? `${share(finalBatches + endedBatches, batchCount)} %` : state;

/** Jobs, each with one cell a batch. */
interface Props {
  readonly jobs: readonly StripJob[];
  readonly room?: number;
  /** Shows who submitted it and what was paid, too. */
  readonly requester?: boolean;
}

export const JobStrips = ({ jobs, room, requester = false }: Props) => (
  <Table
    caption="The newest jobs and how far their batches are"
    rows={jobs}
    room={room ?? 0}
    empty="No job was submitted yet."
    columns={[
      { name: 'Job', digits: 5, cell: ({ id }) => <JobLink id={id} /> },
      { name: 'Module', digits: 12, cell: ({ module }) => <ModuleLink {...module} /> },
      {
        name: 'Batches',
        digits: 'rest',
        cell: (job) => (
          <Cells
            noun="batch"
            size="strip"
            phases={phasesOf(
              nodes(job.batches).map(({ state }) => state),
              job.batchCount,
              job.state,
              CELLS,
            )}
          />
        ),
      },
      ...(requester
        ? [
            {
              name: 'Requester',
              digits: 15,
              cell: (job: StripJob) => <Address of={job.requester} />,
              from: 'desk' as const,
            },
          ]
        : []),
      { name: 'Units', digits: 6, cell: ({ unitCount }) => whole(unitCount), number: true, from: 'tablet' },
      ...(requester
        ? [
            {
              name: 'Max price',
              digits: 9,
              cell: (job: StripJob) => whole(job.maxPrice),
              number: true,
              from: 'desk' as const,
            },
            {
              name: 'Paid, DMC',
              digits: 9,
              cell: (job: StripJob) => <Amount udmc={job.paid} />,
              number: true,
              from: 'tablet' as const,
            },
          ]
        : []),
      {
        name: 'State',
        digits: 8,
        cell: (job) => (
          <span key={stateOf(job)} class={job.state === 'Suspended' ? 'trouble ends' : 'soft ends'}>
            {stateOf(job)}
          </span>
        ),
        number: true,
      },
    ]}
  />
);
