import { afterAll, beforeAll, describe, inject } from 'vitest';
import { badAudits } from './bad-input/audits.js';
import { badBlobs } from './bad-input/blobs.js';
import { badCommits } from './bad-input/commits.js';
import { badJobs } from './bad-input/jobs.js';
import { badModules } from './bad-input/modules.js';
import { badOpenings } from './bad-input/openings.js';
import { badWorkers } from './bad-input/workers.js';
import { Network } from './support/network.js';
import { digits } from './support/programs.js';

/** Many of these wait for deadlines, so they wait together. */
describe.concurrent('bad input: a clear error, and nothing lost', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
    await network.json('module', 'publish', digits);
  });
  afterAll(() => network.close());
  const shared = () => network;

  describe('jobs', () => badJobs(shared));
  describe('modules', () => badModules(shared));
  describe('workers', () => badWorkers(shared));
  describe('commits', () => badCommits(shared));
  describe('openings', () => badOpenings(shared));
  describe('audits and disputes', () => badAudits(shared));
  describe('blobs', () => badBlobs(shared));
});
