import { useLocation, useRoute } from 'preact-iso';
import { whole } from '../format/numbers.js';
import { count } from '../format/text.js';
import { pageAt } from '../model/page-of.js';

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Leads to the pages before and after one of a list, by the page's address. */
export function Pager({
  of,
  noun,
  plural,
}: {
  readonly of: Connection;
  readonly noun: string;
  readonly plural?: string;
}) {
  const { path } = useLocation();
  const { query } = useRoute();
  const { totalCount, pageInfo } = of;
  const before = (pageInfo.hasPreviousPage || Boolean(query.after)) && pageInfo.startCursor;
  const after = (pageInfo.hasNextPage || Boolean(query.before)) && pageInfo.endCursor;
  return (
    <nav class="pager" aria-label={`Pages of ${plural ?? `${noun}s`}`}>
      <span class="soft">{`${whole(totalCount)} ${count(totalCount, noun, plural)}`}</span>
      {before && <a href={pageAt(path, query, { before })}>Previous</a>}
      {after && <a href={pageAt(path, query, { after })}>Next</a>}
    </nav>
  );
}

/** Chooses one of some values for `name` in the page's address. */
export function Choice({
  label,
  name,
  values,
}: {
  readonly label: string;
  readonly name: string;
  readonly values: readonly (readonly [value: string, shown: string])[];
}) {
  const { path, route } = useLocation();
  const { query } = useRoute();
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={query[name] ?? ''}
        onChange={(event) => route(pageAt(path, query, { [name]: event.currentTarget.value }))}
      >
        {values.map(([value, shown]) => (
          <option key={value} value={value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  );
}
