/** Which page of a list an address asks for, as a connection's arguments. */
export type PageOf =
  | { readonly first: number; readonly after?: string }
  | { readonly last: number; readonly before: string };

/** From `?after=` and `?before=` of an address. */
export function pageOf(query: Readonly<Record<string, string>>, size: number): PageOf {
  if (query.before) return { last: size, before: query.before };
  return query.after ? { first: size, after: query.after } : { first: size };
}

/** The address of another page of the list at `path`, with its other choices kept. */
export function pageAt(
  path: string,
  query: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): string {
  const { after: _after, before: _before, ...kept } = query;
  const wanted = Object.entries({ ...kept, ...change }).filter(([, value]) => value !== '');
  return wanted.length === 0 ? path : `${path}?${new URLSearchParams(wanted)}`;
}
