import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { SEARCH } from '../api/search.js';
import { useAnswer } from '../api/use-answer.js';
import { shortened } from '../format/text.js';
import { pathOfBest, wantedOf } from '../model/search.js';
import { Page, Shown } from '../ui/page.js';

/** Goes to what the API found. */
export function Search() {
  const { query } = useRoute();
  const { route } = useLocation();
  const text = wantedOf(query.q ?? '');
  const asked = useAnswer(SEARCH, { text });
  const target = asked.state === 'ready' ? pathOfBest(text, asked.data.search) : undefined;
  useEffect(() => {
    if (target) route(target, true);
  }, [target]);
  return (
    <Shown asked={asked} title="Search">
      {() =>
        target === undefined && (
          <Page title="Nothing found" lead={<code>{shortened(text, 40, 12)}</code>}>
            <p class="notice">
              A search takes the number of a job, dispute or block (12), a batch (12/3), an account's address
              (dmcn1…), or the id of a module (64 hex digits).
            </p>
          </Page>
        )
      }
    </Shown>
  );
}
