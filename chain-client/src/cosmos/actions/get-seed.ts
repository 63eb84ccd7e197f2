import type { Seed } from '../../types/beacon.js';
import type { CosmosContext } from '../context.js';
import { toSeed } from '../convert/beacon.js';
import { present } from '../convert/scalar.js';
import { QuerySeedRequest, QuerySeedResponse } from '../gen/dmcn/beacon/v1/query.js';
import { query } from '../query.js';

/** The beacon's value at a recent height; 0 asks for the newest. */
export const getSeed = (context: CosmosContext, height = 0): Promise<Seed> =>
  query(context, {
    path: 'dmcn.beacon.v1.Query/Seed',
    request: QuerySeedRequest,
    response: QuerySeedResponse,
    message: { height: BigInt(height) },
    convert: ({ seed }) => toSeed(present(seed, 'seed')),
    subject: ['seed of height', String(height)],
  });
