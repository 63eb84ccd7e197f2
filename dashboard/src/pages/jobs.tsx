import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import type { JobState } from '../api/types.js';
import { useAnswer } from '../api/use-answer.js';
import { nodes } from '../model/connection.js';
import { pageOf } from '../model/page-of.js';
import { Legend } from '../ui/cells.js';
import { JobStrips } from '../ui/job-strips.js';
import { Page, Shown } from '../ui/page.js';
import { Choice, Pager } from '../ui/pager.js';
import { PAGE_INFO, STRIP_JOB } from './fragments.js';

const JOBS = graphql(
  `
    query Jobs($first: Int, $after: String, $last: Int, $before: String, $filter: JobFilter) {
      jobs(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount
        pageInfo {
          ...Pages
        }
        edges {
          node {
            ...StripJob
          }
        }
      }
    }
  `,
  [PAGE_INFO, STRIP_JOB],
);

const STATES: readonly JobState[] = ['Open', 'Suspended', 'Settled', 'Expired'];
const isState = (text: string | undefined): text is JobState => STATES.includes(text as JobState);

export function Jobs() {
  const { query } = useRoute();
  const filter = isState(query.state) ? { state: query.state } : {};
  const asked = useAnswer(JOBS, { ...pageOf(query, 25), filter });
  return (
    <Shown asked={asked} title="Jobs">
      {({ jobs }) => (
        <Page
          title="Jobs"
          lead={
            <Choice
              label="State"
              name="state"
              values={[['', 'all'], ...STATES.map((state) => [state, state] as const)]}
            />
          }
        >
          <Legend />
          <JobStrips jobs={nodes(jobs)} requester />
          <Pager of={jobs} noun="job" />
        </Page>
      )}
    </Shown>
  );
}
