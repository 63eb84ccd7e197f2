import { useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { percentOfBps, quantity, whole } from '../format/numbers.js';
import { nodes } from '../model/connection.js';
import { pageOf } from '../model/page-of.js';
import { Page, Shown } from '../ui/page.js';
import { Pager } from '../ui/pager.js';
import { Address, Amount, ModuleLink } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { PAGE_INFO } from './fragments.js';

const MODULES = graphql(
  `
    query Modules($first: Int, $after: String, $last: Int, $before: String, $filter: ModuleFilter) {
      modules(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount
        pageInfo {
          ...Pages
        }
        edges {
          node {
            id
            name
            author
            size
            royaltyBps
            royalties
            jobCount
            unitsPaid
            removedHeight
          }
        }
      }
    }
  `,
  [PAGE_INFO],
);

export function Modules() {
  const { query } = useRoute();
  const filter = query.author ? { author: query.author } : {};
  const asked = useAnswer(MODULES, { ...pageOf(query, 25), filter });
  return (
    <Shown asked={asked} title="Modules">
      {({ modules }) => (
        <Page title="Modules" lead="Programs that jobs run, known by the hash of their bytes.">
          <Table
            caption="Task modules"
            rows={nodes(modules)}
            empty="No module was published yet."
            columns={[
              { name: 'Module', cell: (module) => <ModuleLink {...module} /> },
              { name: 'Author', cell: ({ author }) => <Address of={author} />, from: 'tablet' },
              { name: 'Size', cell: ({ size }) => quantity(size, 'B'), number: true, from: 'tablet' },
              { name: 'Jobs', cell: ({ jobCount }) => whole(jobCount), number: true },
              { name: 'Units paid', cell: ({ unitsPaid }) => whole(unitsPaid), number: true },
              {
                name: 'Royalty',
                cell: ({ royaltyBps }) => percentOfBps(royaltyBps),
                number: true,
                from: 'desk',
              },
              { name: 'Earned, DMC', cell: ({ royalties }) => <Amount udmc={royalties} />, number: true },
            ]}
          />
          <Pager of={modules} noun="module" />
        </Page>
      )}
    </Shown>
  );
}
