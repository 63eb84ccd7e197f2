import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../support/devnet.js';
import { followGuide } from '../support/guide.js';

describe('the guide to watching a cheater', () => {
  let devnet: Devnet;
  beforeAll(async () => {
    devnet = await startDevnet({ workers: 2, cheaters: ['always'] });
  });
  afterAll(() => devnet?.stop());

  it('from a job to a jailed worker', async () => {
    const { home } = devnet.document;
    const choose = 'Watch a cheater be caught';
    expect(
      await followGuide('docs/guides/watching-a-cheater.md', { choose, home, install: false }),
    ).toBeUndefined();
  });
});
