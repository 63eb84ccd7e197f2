import { graphql } from '../api/graphql.js';

/** A job with a cell a batch. */
export const STRIP_JOB = graphql(`
  fragment StripJob on Job {
    id
    state
    requester
    unitCount
    unitsPaid
    batchCount
    finalBatches
    endedBatches
    maxPrice
    paid
    submittedTime
    module {
      id
      name
    }
    batches(first: 64) {
      edges {
        node {
          state
        }
      }
    }
  }
`);

export const LISTED_WORKER = graphql(`
  fragment ListedWorker on Worker {
    owner
    status
    reputation
    availability
    ask
    load
    earned
    unitsPaid
  }
`);

export const PAID_ROW = graphql(`
  fragment PaidRow on Payment {
    jobId
    batchIndex
    owner
    unitCount
    gasTotal
    ask
    pay
    height
    time
  }
`);

export const PAGE_INFO = graphql(`
  fragment Pages on PageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
`);
