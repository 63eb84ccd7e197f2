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
      minutes: earnings(size: MINUTE, first: 100) {
        totalCount
        edges {
          node {
            start
            earned
            units
          }
        }
      }
      hours: earnings(size: HOUR, first: 100) {
        totalCount
        edges {
          node {
            start
            earned
            units
          }
        }
      }
      days: earnings(size: DAY, first: 100) {
        totalCount
        edges {
          node {
            start
            earned
            units
          }
        }
      }
      standing
      frauds
      jailUntil
      audits(first: 8) {
        totalCount
        edges {
          node {
            jobId
            batchIndex
            state
            fee
            changedHeight
          }
        }
      }
      disputes(first: 8) {
        edges {
          node {
            id
            jobId
            unitIndex
            state
            verdict
          }
        }
      }
      slashes(first: 8) {
        edges {
          node {
            id
            kind
            amount
            state
            height
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
