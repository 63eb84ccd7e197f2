import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, validate } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { schema } from './schema/index.js';
import { seeded } from './testing/seeded.js';

const api = seeded();
afterAll(api.close);

const guides = ['dashboard-authors', 'schedulers'].flatMap((guide) => {
  const path = fileURLToPath(new URL(`../../docs/guides/${guide}.md`, import.meta.url));
  const blocks = readFileSync(path, 'utf8').matchAll(/```graphql\n((query|subscription) (\w+)[\s\S]*?)```/g);
  return [...blocks].map(([, text = '', kind, name]) => ({ guide, text, kind, name }));
});

describe('the guides', () => {
  test('have queries', () => {
    expect(guides.length).toBeGreaterThan(8);
  });

  test.each(guides.filter(({ kind }) => kind === 'query'))(
    '$guide: $name has an answer',
    async ({ text }) => {
      const { data, errors } = await api.ask(text);
      expect(errors).toBeUndefined();
      for (const value of Object.values(data)) expect(value).not.toBeNull();
    },
  );

  test.each(guides.filter(({ kind }) => kind === 'subscription'))(
    '$guide: $name fits the schema',
    ({ text }) => {
      expect(validate(schema, parse(text))).toEqual([]);
    },
  );
});
