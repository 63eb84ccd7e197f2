import { graphql } from '../api/graphql.js';
import { LISTED_WORKER, PAID_ROW, STRIP_JOB } from './fragments.js';

export const OVERVIEW = graphql(
  `
    query Overview {
      network {
        height
        blockTime
        blockHash
        activeWorkers
        workers
        openJobs
        jobs
        liveBatches
        unitsPaid
        gasPaid
        funded
        paid
        royalties
        fees
        audits
        refunded
      }
      blocks(first: 100) {
        edges {
          node {
            height
            time
            transactions
            events
          }
        }
      }
      market {
        periods(size: MINUTE, first: 60) {
          edges {
            node {
              start
              gasPaid
              unitsPaid
              meanPrice
              lowestPrice
              highestPrice
            }
          }
        }
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
      doubted: batches(first: 0, filter: { state: Disputed }) {
        totalCount
      }
      voting: batches(first: 0, filter: { state: Voting }) {
        totalCount
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
