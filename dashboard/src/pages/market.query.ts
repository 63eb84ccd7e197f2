import { graphql } from '../api/graphql.js';

export const MARKET = graphql(`
  query Market($size: PeriodSize!, $first: Int!) {
    network {
      blockTime
    }
    queueDepth {
      jobs
      batches
      units
      gas
    }
    market {
      asks(first: 30) {
        ask
        workers
        lots
        rate
        load
      }
      demand(first: 30) {
        maxPrice
        jobs
        batches
        units
        gas
      }
      periods(size: $size, first: $first) {
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
  }
`);
