import { graphql } from '../api/graphql.js';

export const JOB = graphql(`
  query Job($id: UInt64!) {
    job(id: $id) {
      id
      state
      cancelled
      requester
      author
      mode
      args
      unitCount
      unitsPaid
      batchSize
      batchCount
      nextBatch
      liveBatches
      finalBatches
      endedBatches
      gasLimit
      gasPaid
      memoryLimit
      maxPrice
      auditBps
      auditors
      samples
      royaltyBps
      feeBps
      funded
      paid
      royalties
      fees
      audits
      refunded
      remaining
      deadline
      submittedHeight
      submittedTime
      settledHeight
      settledTime
      inputRoot
      locators
      missingReporters
      disputes(first: 10) {
        edges {
          node {
            id
            unitIndex
            state
            verdict
          }
        }
      }
      module {
        id
        name
      }
      batches(first: 100) {
        edges {
          node {
            index
            epoch
            state
            unitCount
            deadline
            changedHeight
            lease {
              owner
              ask
              gasTotal
            }
            payment {
              pay
              height
            }
          }
        }
      }
    }
  }
`);

export const UNITS = graphql(`
  query JobUnits($filter: UnitFilter!, $first: Int, $after: String, $last: Int, $before: String) {
    units(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        node {
          index
          batchIndex
          status
          exitCode
          gas
          outputHash
          owner
          paid
        }
      }
    }
  }
`);

export const BATCH = graphql(`
  query Batch($jobId: UInt64!, $index: Int!) {
    batch(jobId: $jobId, index: $index) {
      index
      state
      epoch
      unitCount
      drawnHeight
      changedHeight
      deadline
      leases(first: 20, orderBy: ID_DESC) {
        edges {
          node {
            epoch
            owner
            ask
            bond
            drawnHeight
            acceptedHeight
            committedHeight
            openedHeight
            endedHeight
            endCause
            gasTotal
            opener
            audits(first: 6) {
              edges {
                node {
                  auditorOwner
                  state
                  units
                  differing
                }
              }
            }
          }
        }
      }
    }
  }
`);
