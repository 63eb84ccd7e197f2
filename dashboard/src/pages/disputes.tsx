import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import type { DisputeState } from '../api/types.js';
import { useAnswer } from '../api/use-answer.js';
import { share, whole } from '../format/numbers.js';
import { words } from '../format/text.js';
import { nodes } from '../model/connection.js';
import { pageOf } from '../model/page-of.js';
import { Meter } from '../ui/cells.js';
import { Page, Shown } from '../ui/page.js';
import { Choice, Pager } from '../ui/pager.js';
import { Address, Amount, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { VerdictText } from '../ui/verdict.js';
import { PAGE_INFO } from './fragments.js';

const DISPUTES = graphql(
  `
    query Disputes($first: Int, $after: String, $last: Int, $before: String, $filter: DisputeFilter) {
      disputes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount
        pageInfo {
          ...Pages
        }
        edges {
          node {
            id
            jobId
            batchIndex
            unitIndex
            owner
            cause
            state
            verdict
            totalPower
            revealedPower
            postedHeight
          }
        }
      }
      waiting: batches(first: 20, filter: { state: Disputed }) {
        totalCount
        edges {
          node {
            jobId
            index
            deadline
            lease {
              owner
            }
          }
        }
      }
      slashes(first: 15) {
        edges {
          node {
            id
            jobId
            batchIndex
            kind
            state
            owner
            amount
            height
          }
        }
      }
      referees(first: 50) {
        totalCount
      }
    }
  `,
  [PAGE_INFO],
);

const STATES: readonly DisputeState[] = ['Queued', 'Committing', 'Revealing', 'Decided'];

const Revealed = ({
  revealedPower,
  totalPower,
}: {
  readonly revealedPower: string;
  readonly totalPower: string;
}) => (
  <span class="metered">
    <Meter value={Number(revealedPower)} of={Number(totalPower)} name="Power that voted" />
    {`${share(Number(revealedPower), Number(totalPower))} %`}
  </span>
);

export function Disputes() {
  const { query } = useRoute();
  const state = STATES.find((name) => name === query.state);
  const asked = useAnswer(DISPUTES, { ...pageOf(query, 25), filter: state ? { state } : {} });
  return (
    <Shown asked={asked} title="Disputes">
      {({ disputes, waiting, slashes, referees }) => (
        <Page
          title="Disputes"
          lead={
            <Choice
              label="State"
              name="state"
              values={[['', 'all'], ...STATES.map((name) => [name, words(name)] as const)]}
            />
          }
        >
          <p class="lead">
            A unit whose result is doubted is executed again by the validators' {whole(referees.totalCount)}{' '}
            referees. What more than half of their power finds is the verdict.
          </p>
          <Table
            caption="Disputes"
            rows={nodes(disputes)}
            empty="Nobody has doubted a result yet."
            columns={[
              { name: 'Dispute', cell: ({ id }) => <a href={`/disputes/${id}`}>{id}</a> },
              {
                name: 'Unit',
                cell: ({ jobId, batchIndex, unitIndex }) => (
                  <a
                    class="mono"
                    href={`/jobs/${jobId}?batch=${batchIndex}`}
                  >{`#${jobId} unit ${unitIndex}`}</a>
                ),
              },
              { name: 'Worker', cell: ({ owner }) => <Address of={owner} kind="workers" />, from: 'tablet' },
              { name: 'Cause', cell: ({ cause }) => words(cause), from: 'desk' },
              {
                name: 'Since block',
                cell: ({ postedHeight }) => whole(postedHeight),
                number: true,
                from: 'desk',
              },
              { name: 'Voted', cell: (dispute) => <Revealed {...dispute} />, number: true, from: 'tablet' },
              {
                name: 'Outcome',
                cell: (dispute) => <VerdictText state={dispute.state} verdict={dispute.verdict} />,
              },
            ]}
          />
          <Pager of={disputes} noun="dispute" />
          {waiting.totalCount > 0 && (
            <Section title="Waiting for an input" aside={`${whole(waiting.totalCount)} in all`}>
              <Table
                caption="Disputed batches whose doubted unit waits for its input"
                rows={nodes(waiting)}
                columns={[
                  {
                    name: 'Batch',
                    cell: ({ jobId, index }) => (
                      <a href={`/jobs/${jobId}?batch=${index}`}>{`${index} of job ${jobId}`}</a>
                    ),
                  },
                  {
                    name: 'Worker',
                    cell: ({ lease }) => lease && <Address of={lease.owner} kind="workers" />,
                  },
                  { name: 'Given up at block', cell: ({ deadline }) => whole(deadline), number: true },
                ]}
              />
            </Section>
          )}
          <Section title="Slashed" aside="the newest">
            <Table
              caption="The newest slashes"
              rows={nodes(slashes)}
              empty="Nobody was slashed."
              columns={[
                { name: 'Block', cell: ({ height }) => whole(height) },
                { name: 'For', cell: ({ kind }) => CAUSES[kind] },
                { name: 'Whose', cell: ({ owner }) => <Address of={owner} /> },
                {
                  name: 'Batch',
                  cell: ({ jobId, batchIndex }) => (
                    <a href={`/jobs/${jobId}?batch=${batchIndex}`}>{`${jobId}/${batchIndex}`}</a>
                  ),
                  from: 'tablet',
                },
                { name: 'State', cell: ({ state }) => state, from: 'tablet' },
                { name: 'Amount, DMC', cell: ({ amount }) => <Amount udmc={amount} />, number: true },
              ]}
            />
          </Section>
        </Page>
      )}
    </Shown>
  );
}

const CAUSES = {
  Leaf: 'a wrong result',
  Audit: 'a wrong audit',
  Challenge: 'a lost challenge',
  Withheld: 'never opening',
} as const;
