import { graphql } from '../api/graphql.js';
import { LISTED_WORKER, PAID_ROW, STRIP_JOB } from './fragments.js';

export const OVERVIEW = graphql(
  `
  query Overview {
    network {
      height
      blockTime
      activeWorkers
      workers
      openJobs
      jobs
      liveBatches
      unitsPaid
      gasPaid
      bonded
      locked
      funded
      paid
      royalties
      fees
      audits
      refunded
      transactions
      events
    }
    jobs(first: 9) {
      edges {
        node {
          ...StripJob
        }
      }
    }
    payments(first: 100) {
      edges {
        node {
          ...PaidRow
        }
      }
    }
    workers(first: 8, orderBy: REPUTATION_DESC) {
      edges {
        node {
          ...ListedWorker
        }
      }
    }
  }
`,
  [STRIP_JOB, PAID_ROW, LISTED_WORKER],
);
