import { useRoute } from 'preact-iso';
import type { UnitStatus } from '../api/types.js';
import { useAnswer } from '../api/use-answer.js';
import { quantity } from '../format/numbers.js';
import { shortened, words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { pageOf } from '../model/page-of.js';
import { Choice, Pager } from '../ui/pager.js';
import { Address, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { UNITS } from './job.query.js';

const STATUSES: readonly UnitStatus[] = [
  'OK',
  'EXIT',
  'TRAP',
  'OUT_OF_GAS',
  'OUTPUT_LIMIT',
  'STACK_OVERFLOW',
  'INVALID_MODULE',
];
const SIZE = 20;

const Status = ({ status, exitCode }: { readonly status: UnitStatus; readonly exitCode: number }) => (
  <span class={status === 'OK' ? '' : 'strong'}>
    {status === 'OK' ? 'OK' : `${words(status)}${status === 'EXIT' ? ` ${exitCode}` : ''}`}
  </span>
);

/** Outcomes of a job's units, as its open batches tell them. */
export function UnitTable({ jobId }: { readonly jobId: string }) {
  const { query } = useRoute();
  const status = STATUSES.find((name) => name === query.status);
  const asked = useAnswer(UNITS, { ...pageOf(query, SIZE), filter: { jobId, ...(status && { status }) } });
  const units = asked.state === 'ready' ? asked.data.units : undefined;
  return (
    <Section
      title="Outcomes"
      aside={
        <Choice
          label="Status"
          name="status"
          values={[
            ['', 'all'],
            ...STATUSES.map((name) => [name, name === 'OK' ? name : words(name)] as const),
          ]}
        />
      }
    >
      {units && (
        <>
          <Table
            caption="Outcomes of the job's units"
            rows={nodes(units)}
            empty="No batch with such a unit is open yet."
            columns={[
              { name: 'Unit', digits: 4, cell: ({ index }) => index },
              { name: 'Status', digits: 12, cell: (unit) => <Status {...unit} /> },
              { name: 'Gas', digits: 6, cell: ({ gas }) => quantity(gas, ''), number: true },
              {
                name: 'SHA-256 of the output',
                digits: 20,
                cell: ({ outputHash }) => <code title={outputHash}>{shortened(outputHash, 12, 6)}</code>,
                from: 'tablet',
              },
              { name: 'Worker', digits: 15, cell: ({ owner }) => <Address of={owner} kind="workers" /> },
              { name: 'Paid', digits: 7, cell: ({ paid }) => (paid ? 'yes' : 'not yet'), from: 'desk' },
            ]}
          />
          <Pager of={units} noun="outcome" />
        </>
      )}
    </Section>
  );
}
