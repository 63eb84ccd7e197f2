import type { ResultOf } from 'gql.tada';
import { useAnswer } from '../api/use-answer.js';
import { quantity, whole } from '../format/numbers.js';
import { words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { phaseOf } from '../model/phases.js';
import { Address, Amount, Empty, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { BATCH, type JOB } from './job.query.js';

type Batch = NonNullable<ResultOf<typeof JOB>['job']>['batches']['edges'][number]['node'];
type Lease = NonNullable<ResultOf<typeof BATCH>['batch']>['leases']['edges'][number]['node'];

const State = ({ of }: { readonly of: Batch['state'] }) => (
  <span class={phaseOf(of) === 'trouble' ? 'state trouble' : 'state'}>
    <i data-phase={phaseOf(of)} aria-hidden="true" />
    {words(of)}
  </span>
);

export const BatchTable = ({
  jobId,
  batches,
  total,
}: {
  readonly jobId: string;
  readonly batches: readonly Batch[];
  readonly total: number;
}) => (
  <Section
    title="Batches"
    aside={total > batches.length ? `the first ${batches.length} of ${whole(total)}` : undefined}
  >
    <Table
      caption="Batches of the job"
      rows={batches}
      room={Math.min(total, 100)}
      empty="No batch was drawn yet."
      columns={[
        {
          name: 'Batch',
          digits: 3,
          cell: ({ index }) => <a href={`/jobs/${jobId}?batch=${index}`}>{index}</a>,
        },
        { name: 'State', digits: 11, cell: ({ state }) => <State of={state} /> },
        {
          name: 'Worker',
          digits: 15,
          cell: ({ lease }) => lease && <Address of={lease.owner} kind="workers" />,
        },
        { name: 'Epoch', digits: 5, cell: ({ epoch }) => epoch, number: true, from: 'tablet' },
        { name: 'Units', digits: 5, cell: ({ unitCount }) => unitCount, number: true, from: 'tablet' },
        {
          name: 'Ask',
          digits: 6,
          cell: ({ lease }) => lease && whole(lease.ask),
          number: true,
          from: 'desk',
        },
        {
          name: 'Gas',
          digits: 7,
          cell: ({ lease }) => lease?.gasTotal && quantity(lease.gasTotal, ''),
          number: true,
          from: 'tablet',
        },
        {
          name: 'Changed',
          digits: 8,
          cell: ({ changedHeight }) => whole(changedHeight),
          number: true,
          from: 'desk',
        },
        {
          name: 'Pay, DMC',
          digits: 8,
          cell: ({ payment }) => payment && <Amount udmc={payment.pay} />,
          number: true,
        },
      ]}
    />
  </Section>
);

const at = (height: number | null) => (height === null ? '\u2013' : whole(height));

const endOf = ({ endCause, endedHeight }: Lease): string => {
  if (endedHeight === null) return 'holds it';
  return endCause ? words(endCause) : 'ended';
};

/** One batch with all that ever held it. */
export function BatchDetail({ jobId, index }: { readonly jobId: string; readonly index: number }) {
  const asked = useAnswer(BATCH, { jobId, index });
  const batch = asked.state === 'ready' ? asked.data.batch : undefined;
  const audits = batch
    ? nodes(batch.leases).flatMap((lease) =>
        nodes(lease.audits).map((audit) => ({ ...audit, epoch: lease.epoch })),
      )
    : [];
  return (
    <Section title={`Batch ${index}`} aside={<a href={`/jobs/${jobId}`}>Close</a>}>
      <div class="reserved">
        {batch === null && <Empty>This batch was never drawn.</Empty>}
        {batch && (
          <Table
            caption={`Leases of batch ${index}`}
            rows={nodes(batch.leases)}
            columns={[
              { name: 'Epoch', cell: ({ epoch }) => epoch },
              { name: 'Worker', cell: ({ owner }) => <Address of={owner} kind="workers" /> },
              { name: 'Drawn', cell: ({ drawnHeight }) => at(drawnHeight), number: true, from: 'tablet' },
              {
                name: 'Accepted',
                cell: ({ acceptedHeight }) => at(acceptedHeight),
                number: true,
                from: 'tablet',
              },
              {
                name: 'Committed',
                cell: ({ committedHeight }) => at(committedHeight),
                number: true,
                from: 'tablet',
              },
              { name: 'Opened', cell: ({ openedHeight }) => at(openedHeight), number: true, from: 'desk' },
              { name: 'Bond, DMC', cell: ({ bond }) => <Amount udmc={bond} />, number: true, from: 'desk' },
              { name: 'Gas', cell: ({ gasTotal }) => gasTotal && quantity(gasTotal, ''), number: true },
              { name: 'End', cell: endOf },
            ]}
          />
        )}
        {batch && audits.length > 0 && (
          <Table
            caption={`Audits of batch ${index}`}
            rows={audits}
            columns={[
              { name: 'Audited in epoch', cell: ({ epoch }) => epoch },
              {
                name: 'By',
                cell: ({ auditorOwner }) =>
                  auditorOwner ? <Address of={auditorOwner} kind="workers" /> : 'nobody yet',
              },
              { name: 'Units', cell: ({ units }) => units.join(', '), number: true },
              {
                name: 'Differing',
                cell: ({ differing }) => differing.join(', ') || 'none',
                number: true,
                from: 'tablet',
              },
              {
                name: 'Outcome',
                cell: ({ state }) => (
                  <span class={state === 'Differed' ? 'trouble' : ''}>{words(state)}</span>
                ),
              },
            ]}
          />
        )}
      </div>
    </Section>
  );
}
