import { afterAll, expect, test } from 'vitest';
import { seeded } from '../testing/seeded.js';
import { ReaderThreads } from './reader-threads.js';
import { SlowOperations } from './slow-operations.js';

const api = seeded();
const threads = new ReaderThreads(api.dbPath, 2);
const slow = new SlowOperations(api.dbPath, 60_000);
afterAll(async () => {
  await threads.close();
  await slow.close();
  await api.close();
});

const question = (text: string, variables: object = {}) => ({
  text,
  variables: { ...variables },
  operationName: undefined,
  timeMs: 60_000,
});

test('many operations at once, on few threads: each gets its own answer', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `${i + 1}`);
  const answers = await Promise.all(
    ids.map((id) => threads.run(question('query ($id: UInt64!) { job(id: $id) { id } }', { id }))),
  );
  expect(answers.map(({ data }) => JSON.parse(data).job?.id ?? null)).toEqual(
    ids.map((id) => (api.net.jobs.has(BigInt(id)) ? id : null)),
  );
  expect(answers[0]?.standing).toMatchObject({ height: api.net.blocks.length, chainId: 'dmcn-test-1' });
});

test('errors: those that are meant for whoever asks are told, with their places; others are masked by the API', async () => {
  const run = (text: string) => slow.run(text, question(text) as never);
  const [known] = (await run('{ jobs(first: 101) { totalCount } }')).errors ?? [];
  expect(known?.toJSON()).toMatchObject({
    message: expect.stringMatching(/0 to 100 rows/),
    path: ['jobs'],
    locations: [{ line: 1, column: 3 }],
    extensions: { code: 'BAD_ARGUMENT' },
  });
  expect(known?.originalError).toBeUndefined();

  const row = api.store.get('units', 1n, 0) ?? expect.fail();
  api.store.transaction(() => {
    api.store.write(
      [{ table: 'units', row: { ...row, status: 9 } }],
      api.store.checkpoint() ?? expect.fail(),
    );
  });
  const [unknown] = (await run('{ unit(jobId: "1", index: 0) { status } }')).errors ?? [];
  expect(unknown?.originalError).toBeInstanceOf(Error);
});

test('a time that is over before a thread comes to it is told as such', async () => {
  const running = threads.run(question('{ network { jobs } }'));
  const late = Promise.all(
    [1, 2, 3].map(() => threads.run({ ...question('{ network { jobs } }'), timeMs: -1 })),
  );
  await expect(late).rejects.toMatchObject({ extensions: { code: 'QUERY_TIMEOUT' } });
  expect(JSON.parse((await running).data).network.jobs).toBe(`${api.net.jobs.size}`);
});

test('a thread that ends fails what it had to do, and the next operation gets another one', async () => {
  const broken = new ReaderThreads('/nowhere/index.db', 1);
  await expect(broken.run(question('{ network { jobs } }'))).rejects.toThrow(/index/);
  await expect(broken.run(question('{ network { jobs } }'))).rejects.toThrow(/index/);
  await broken.close();
});
