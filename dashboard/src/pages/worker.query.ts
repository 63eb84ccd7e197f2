import { graphql } from '../api/graphql.js';

export const WORKER = graphql(`
  query Worker($address: String!) {
    network {
      blockTime
    }
    worker(address: $address) {
      owner
      operator
      status
      reputation
      availability
      missed
      ask
      rate
      memory
      maxGasLimit
      features
      modules
      bond
      locked
      lots
      load
      lapseCount
      earned
      gasPaid
      unitsPaid
      batchesFinal
      registeredHeight
      reputationHistory(first: 100) {
        totalCount
        edges {
          node {
            height
            time
            cause
            jobId
            batchIndex
            oldReputation
            newReputation
            newAvailability
          }
        }
      }
      bondHistory(first: 100) {
        edges {
          node {
            time
            newBond
            newLocked
          }
        }
      }
      payments(first: 100) {
        totalCount
        edges {
          node {
            jobId
            batchIndex
            unitCount
            gasTotal
            ask
            pay
            height
            time
          }
        }
      }
      leases(first: 12) {
        edges {
          node {
            jobId
            batchIndex
            epoch
            ask
            bond
            drawnHeight
            committedHeight
            endCause
            batch {
              state
              epoch
            }
          }
        }
      }
    }
  }
`);
