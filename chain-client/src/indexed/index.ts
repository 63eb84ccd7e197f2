export { indexOperations } from './graphql.js';
export type { Ask } from './index-asker.js';
export { IndexError, type IndexFault } from './index-error.js';
export { type Answered, indexFirst, type ReadIndex, type Sources } from './index-first.js';
export { jobHeightsInIndex } from './job-heights.js';
export { jobInIndex, jobsInIndex } from './jobs.js';
export { type Demand, demandInIndex, type Earned, earnedInIndex } from './market.js';
export { modulesInIndex } from './modules.js';
