interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeRef | null;
}

interface Argument {
  readonly name: string;
  readonly type: TypeRef;
  readonly defaultValue: string | null;
}

interface Field {
  readonly name: string;
  readonly type: TypeRef;
  readonly args: readonly Argument[];
}

interface Type {
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly Field[] | null;
}

const MANY = 30;
const DEEP = 1;

/** All that a GraphQL server tells about a job and all lists that it has, as its answers' texts. */
export async function everything(url: string, jobId: bigint): Promise<string[]> {
  const ref = 'kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }';
  const types = `{ __schema { types { kind name fields { name type { ${ref} } args { name defaultValue type { ${ref} } } } } } }`;
  const schema = JSON.parse(await post(url, types)) as { data: { __schema: { types: readonly Type[] } } };
  const byName = new Map(schema.data.__schema.types.map((type) => [type.name, type]));
  const known: Readonly<Record<string, string>> = { id: `"${jobId}"`, jobId: `"${jobId}"`, index: '0' };
  const queries = (byName.get('Query')?.fields ?? []).flatMap((field) => {
    const isOne = field.args.some(({ name }) => name in known);
    const selection = select(field, byName, isOne ? DEEP : 0, isOne ? known : {});
    return selection === undefined || field.name === 'module' ? [] : [`{ ${selection} }`];
  });
  return Promise.all(queries.map((query) => post(url, query)));
}

async function post(url: string, query: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"'))
    throw new Error(`${query.slice(0, 80)}…: ${text.slice(0, 500)}`);
  return text;
}

/** A field with all that it holds down to a depth; undefined for one that needs an argument which nobody knows. */
function select(
  { name, type, args }: Field,
  types: ReadonlyMap<string, Type>,
  depth: number,
  known: Readonly<Record<string, string>>,
): string | undefined {
  const given: string[] = [];
  for (const arg of args) {
    if (arg.name === 'first') given.push(`first: ${MANY}`);
    else if (arg.type.kind === 'NON_NULL' && arg.defaultValue === null) {
      const value = known[arg.name];
      if (value === undefined) return undefined;
      given.push(`${arg.name}: ${value}`);
    }
  }
  const call = given.length > 0 ? `${name}(${given.join(', ')})` : name;
  const inner = types.get(nameOf(type));
  if (inner?.fields == null) return call;
  const isWrapper = /(Connection|Edge)$/.test(inner.name);
  if (depth < 0 && !isWrapper) return undefined;
  const parts = inner.fields
    .filter((field) => !isWrapper || /^(edges|node)$/.test(field.name))
    .map((field) => select(field, types, isWrapper ? depth : depth - 1, {}))
    .filter((part) => part !== undefined);
  return parts.length > 0 ? `${call} { ${parts.join(' ')} }` : undefined;
}

const nameOf = (type: TypeRef): string => (type.ofType ? nameOf(type.ofType) : (type.name ?? ''));
