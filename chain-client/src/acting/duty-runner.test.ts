import { describe, expect, it } from 'vitest';
import { EndpointUnreachableError } from '../errors/index.js';
import { DutyRunner } from './duty-runner.js';
import type { ActingNotice } from './notice.js';

/** What is told of a task that fails with each error in turn, a few blocks apart. */
async function told(errors: readonly Error[]): Promise<readonly string[]> {
  const notices: ActingNotice[] = [];
  let height = 1;
  const runner = new DutyRunner(
    () => height,
    (notice) => notices.push(notice),
    new AbortController().signal,
  );
  for (const error of errors) {
    runner.begin({ key: 'work', doing: 'work', run: () => Promise.reject(error) });
    await runner.settled();
    height += 10;
  }
  return notices.map((notice) => (notice.notice === 'failed' ? String(notice.error) : notice.notice));
}

describe('DutyRunner', () => {
  it('tells once of nodes that are out of reach, in whatever way', async () => {
    const outOfReach = (why: string) => new EndpointUnreachableError(['http://node'], new Error(why));
    const errors = [outOfReach('reset'), outOfReach('refused'), outOfReach('reset')];
    expect(await told(errors)).toEqual([String(errors[0])]);
  });

  it('tells of each failure that is another one and does not pass by itself', async () => {
    const errors = [new Error('one'), new Error('one'), new Error('two')];
    expect(await told(errors)).toEqual(['Error: one', 'Error: two']);
  });
});
