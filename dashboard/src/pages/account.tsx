import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { dmc, whole } from '../format/numbers.js';
import { nodes } from '../model/connection.js';
import { costOf } from '../model/money.js';
import { pageOf } from '../model/page-of.js';
import { accountOf, operatorOf } from '../model/validator.js';
import { JobStrips } from '../ui/job-strips.js';
import { Page, Shown } from '../ui/page.js';
import { Pager } from '../ui/pager.js';
import { Amount, Dmc, Empty, Figure, Figures, ModuleLink, Section } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { WorkerTable } from '../ui/worker-table.js';
import { AsReferee, AsValidator, VALIDATING } from './account-validator.js';
import { LISTED_WORKER, PAGE_INFO, STRIP_JOB } from './fragments.js';

const ACCOUNT = graphql(
  `
    query Account($address: String!, $operator: String!, $jobs: JobFilter!, $modules: ModuleFilter!, $first: Int, $after: String, $last: Int, $before: String) {
      worker(address: $address) {
        ...ListedWorker
      }
      validator(operator: $operator) {
        ...Validating
      }
      referees(first: 100) {
        edges {
          node {
            account
            validator
            registeredHeight
          }
        }
      }
      requester(address: $address) {
        openJobs
        jobCount
        unitsPaid
        funded
        paid
        royalties
        fees
        audits
        refunded
        remaining
      }
      modules(filter: $modules, first: 25) {
        edges {
          node {
            id
            name
            jobCount
            royalties
          }
        }
      }
      jobs(filter: $jobs, first: $first, after: $after, last: $last, before: $before) {
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
  [LISTED_WORKER, PAGE_INFO, STRIP_JOB, VALIDATING],
);

/** What an account does: as a worker, a validator, a referee, an author, a requester. It may be named by its validator too. */
export function Account() {
  const { params, query } = useRoute();
  const named = params.address ?? '';
  const address = accountOf(named) ?? named;
  const asked = useAnswer(ACCOUNT, {
    address,
    operator: operatorOf(address) ?? '',
    jobs: { requester: address },
    modules: { author: address },
    ...pageOf(query, 15),
  });
  return (
    <Shown asked={asked} title="Account">
      {({ worker, validator, referees, requester, modules, jobs }) => (
        <Page title="Account" lead={<code>{address}</code>}>
          {worker === null &&
            validator === null &&
            !nodes(referees).some(({ account }) => account === address) &&
            modules.edges.length === 0 &&
            jobs.totalCount === 0 && (
              <Empty>
                This account is no worker, validator or referee, and submitted no job and published no module.
              </Empty>
            )}
          {worker && (
            <Section title="As a worker" aside={<a href={`/workers/${worker.owner}`}>More about it</a>}>
              <WorkerTable workers={[worker]} />
            </Section>
          )}
          {validator && <AsValidator of={validator} />}
          {nodes(referees).some(({ account }) => account === address) && (
            <AsReferee of={nodes(referees).filter(({ account }) => account === address)} />
          )}
          {modules.edges.length > 0 && (
            <Section title="As an author">
              <Table
                caption="Modules of the account"
                rows={nodes(modules)}
                columns={[
                  { name: 'Module', cell: (module) => <ModuleLink {...module} /> },
                  { name: 'Jobs', cell: ({ jobCount }) => whole(jobCount), number: true },
                  {
                    name: 'Royalties, DMC',
                    cell: ({ royalties }) => <Amount udmc={royalties} />,
                    number: true,
                  },
                ]}
              />
            </Section>
          )}
          {jobs.totalCount > 0 && (
            <Section title="As a requester">
              {requester && (
                <Figures>
                  <Figure name="Jobs" note={`${whole(requester.openJobs)} open`}>
                    {whole(requester.jobCount)}
                  </Figure>
                  <Figure name="Units paid">{whole(requester.unitsPaid)}</Figure>
                  <Figure name="Spent" note={`${dmc(requester.refunded, 4)} DMC refunded`}>
                    <Dmc udmc={costOf(requester)} places={4} />
                  </Figure>
                  <Figure name="In escrow" note={`${dmc(requester.funded, 4)} DMC funded in all`}>
                    <Dmc udmc={requester.remaining} places={4} />
                  </Figure>
                </Figures>
              )}
              <JobStrips jobs={nodes(jobs)} />
              <Pager of={jobs} noun="job" />
            </Section>
          )}
        </Page>
      )}
    </Shown>
  );
}
