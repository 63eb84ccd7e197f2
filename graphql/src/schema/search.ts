import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { rowOf } from './row.js';

const kinds = ['JOB', 'BLOCK', 'DISPUTE', 'WORKER', 'REQUESTER', 'MODULE', 'REFEREE'] as const;

interface Hit {
  readonly kind: (typeof kinds)[number];
  readonly id: string;
}

const SearchKind = builder.enumType('SearchKind', { values: kinds });

const SearchHit = builder.objectRef<Hit>('SearchHit').implement({
  fields: (t) => ({
    kind: t.expose('kind', { type: SearchKind }),
    id: t.exposeString('id', { description: 'What the query of that kind takes.' }),
  }),
});

const byNumber = (context: Context, text: string): Hit[] => {
  if (!/^\d{1,15}$/.test(text)) return [];
  const id = BigInt(text);
  const found = (kind: Hit['kind'], row: object | undefined): Hit[] =>
    row === undefined ? [] : [{ kind, id: id.toString() }];
  return [
    ...found('JOB', rowOf(context, 'jobs', id)),
    ...found('DISPUTE', rowOf(context, 'disputes', id)),
    ...found('BLOCK', rowOf(context, 'blocks', Number(id))),
  ];
};

const byName = (context: Context, text: string): Hit[] => {
  context.rows.spend(2);
  const worker = context.reader.worker(text);
  return [
    ...(worker === undefined ? [] : [{ kind: 'WORKER', id: worker.owner } as const]),
    ...(rowOf(context, 'requesters', text) ? [{ kind: 'REQUESTER', id: text } as const] : []),
    ...(rowOf(context, 'modules', text.toLowerCase())
      ? [{ kind: 'MODULE', id: text.toLowerCase() } as const]
      : []),
    ...(rowOf(context, 'referees', text) ? [{ kind: 'REFEREE', id: text } as const] : []),
  ];
};

builder.queryField('search', (t) =>
  t.field({
    type: [SearchHit],
    description: 'What an id or address names.',
    args: { text: t.arg.string({ required: true }) },
    resolve: (_root, { text }, context) => {
      const wanted = text.trim().replace(/^#/, '');
      return [...byNumber(context, wanted), ...byName(context, wanted)];
    },
  }),
);
