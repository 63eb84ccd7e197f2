import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { graphql } from '../api/graphql.js';
import { useAnswer } from '../api/use-answer.js';
import { shortened, words } from '../format/text.js';
import { pathOf } from '../model/search.js';
import { Page, Shown } from '../ui/page.js';

const SEARCH = graphql(`
  query Search($text: String!) {
    search(text: $text) {
      kind
      id
    }
  }
`);

/** What the API found; a single hit is gone to at once. */
export function Search() {
  const { query } = useRoute();
  const { route } = useLocation();
  const text = (query.q ?? '').trim().replace(/^0x/i, '').slice(0, 100);
  const asked = useAnswer(SEARCH, { text });
  const hits = asked.state === 'ready' ? asked.data.search : [];
  const only = hits.length === 1 ? hits[0] : undefined;
  const target = only && pathOf(only);
  useEffect(() => {
    if (target) route(target, true);
  }, [target]);
  return (
    <Shown asked={asked} title="Search">
      {({ search }) => (
        <Page
          title={search.length === 0 ? 'Nothing found' : 'Search'}
          lead={<code>{shortened(text, 40, 12)}</code>}
        >
          {search.length === 0 ? (
            <p class="notice">
              A search takes the number of a job, dispute or block (12), a batch (12/3), an account's address
              (dmcn1…), or the id of a module (64 hex digits).
            </p>
          ) : (
            <ul class="hits">
              {search.map((hit) => (
                <li key={`${hit.kind} ${hit.id}`}>
                  <a href={pathOf(hit)}>
                    {words(hit.kind)} <span class="mono">{shortened(hit.id, 24, 8)}</span>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Page>
      )}
    </Shown>
  );
}
