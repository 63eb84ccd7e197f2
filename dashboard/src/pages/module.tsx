import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { percentOfBps, quantity, whole } from '../format/numbers.js';
import { nodes } from '../model/connection.js';
import { Facts } from '../ui/facts.js';
import { JobStrips } from '../ui/job-strips.js';
import { Missing, Page, Shown } from '../ui/page.js';
import { Address, Dmc, Figure, Figures, Section } from '../ui/parts.js';
import { STRIP_JOB } from './fragments.js';

const MODULE = graphql(
  `
    query Module($id: Hex!) {
      module(id: $id) {
        id
        name
        author
        size
        deposit
        royaltyBps
        royalties
        jobCount
        unitsPaid
        storedHeight
        removedHeight
        jobs(first: 15) {
          edges {
            node {
              ...StripJob
            }
          }
        }
      }
    }
  `,
  [STRIP_JOB],
);

export function Module() {
  const { params } = useRoute();
  const id = params.id ?? '';
  const asked = useAnswer(MODULE, { id });
  return (
    <Shown asked={asked} title="Module">
      {({ module }) =>
        module === null ? (
          <Missing title="No such module">No module with the hash {id} was ever published here.</Missing>
        ) : (
          <Page
            title={module.name || 'Module'}
            lead={
              module.removedHeight === null ? undefined : `Removed at block ${whole(module.removedHeight)}`
            }
          >
            <Figures>
              <Figure name="Jobs">{whole(module.jobCount)}</Figure>
              <Figure name="Units paid">{whole(module.unitsPaid)}</Figure>
              <Figure name="Royalties earned" note={`${percentOfBps(module.royaltyBps)} on top of the work`}>
                <Dmc udmc={module.royalties} />
              </Figure>
            </Figures>
            <Section title="About it">
              <Facts
                of={[
                  ['Id, the SHA-256 of the program', <code key="id">{module.id}</code>],
                  ['Author', <Address key="author" of={module.author} />],
                  ['Size', quantity(module.size, 'B')],
                  ['Deposit', <Dmc key="deposit" udmc={module.deposit} />],
                  ['Stored at block', whole(module.storedHeight)],
                ]}
              />
            </Section>
            <Section title="Its newest jobs">
              <JobStrips jobs={nodes(module.jobs)} requester />
            </Section>
          </Page>
        )
      }
    </Shown>
  );
}
