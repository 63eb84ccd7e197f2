import { graphql } from '../api/graphql.js';

export const DISPUTE = graphql(`
  query Dispute($id: UInt64!) {
    dispute(id: $id) {
      id
      jobId
      batchIndex
      epoch
      unitIndex
      owner
      cause
      state
      verdict
      leaf {
        status
        exitCode
        gas
        outputHash
      }
      inputHash
      poster
      postedHeight
      startedHeight
      commitDeadline
      deadline
      extended
      endedHeight
      deposit
      depositReturnedHeight
      totalPower
      committedPower
      revealedPower
      lease {
        bond
        audits(first: 10) {
          edges {
            node {
              auditorOwner
              state
              units
              differing
              postedHeight
              deposit
              fee
              lost
            }
          }
        }
      }
      votes(first: 100) {
        edges {
          node {
            validator
            power
            hash
            committedHeight
            revealedHeight
            earned
            absent
            jailed
            leaf {
              status
              exitCode
              gas
              outputHash
            }
          }
        }
      }
    }
  }
`);
