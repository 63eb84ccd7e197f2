import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { nodes } from '../model/connection.js';
import { pageOf } from '../model/page-of.js';
import { Page, Shown } from '../ui/page.js';
import { Choice, Pager } from '../ui/pager.js';
import { WorkerTable } from '../ui/worker-table.js';
import { LISTED_WORKER, PAGE_INFO } from './fragments.js';

const WORKERS = graphql(
  `
    query Workers($first: Int, $after: String, $last: Int, $before: String, $orderBy: WorkerOrder!, $filter: WorkerFilter) {
      workers(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter) {
        totalCount
        pageInfo {
          ...Pages
        }
        edges {
          node {
            ...ListedWorker
          }
        }
      }
    }
  `,
  [PAGE_INFO, LISTED_WORKER],
);

const ORDERS = {
  '': ['REPUTATION_DESC', 'reputation'],
  earned: ['EARNED_DESC', 'earnings'],
  ask: ['ASK_ASC', 'ask, lowest first'],
  new: ['REGISTERED_DESC', 'newest first'],
} as const;
const STATUSES = ['Active', 'Paused', 'SetAside', 'Jailed', 'Tombstoned'] as const;

export function Workers() {
  const { query } = useRoute();
  const [orderBy] = ORDERS[query.order as keyof typeof ORDERS] ?? ORDERS[''];
  const status = STATUSES.find((name) => name === query.status);
  const asked = useAnswer(WORKERS, { ...pageOf(query, 25), orderBy, filter: status ? { status } : {} });
  return (
    <Shown asked={asked} title="Workers">
      {({ workers }) => (
        <Page
          title="Workers"
          lead={
            <>
              <Choice
                label="Status"
                name="status"
                values={[['', 'all'], ...STATUSES.map((name) => [name, name] as const)]}
              />
              <Choice
                label="By"
                name="order"
                values={Object.entries(ORDERS).map(([key, [, name]]) => [key, name] as const)}
              />
            </>
          }
        >
          <WorkerTable workers={nodes(workers)} />
          <Pager of={workers} noun="worker" />
        </Page>
      )}
    </Shown>
  );
}
