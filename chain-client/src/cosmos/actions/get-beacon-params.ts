import type { BeaconParams } from '../../types/params.js';
import type { CosmosContext } from '../context.js';
import { toBeaconParams } from '../convert/beacon.js';
import { present } from '../convert/scalar.js';
import { QueryParamsRequest, QueryParamsResponse } from '../gen/dmcn/beacon/v1/query.js';
import { query } from '../query.js';

/** The parameters of x/beacon. */
export const getBeaconParams = (context: CosmosContext): Promise<BeaconParams> =>
  query(context, {
    path: 'dmcn.beacon.v1.Query/Params',
    request: QueryParamsRequest,
    response: QueryParamsResponse,
    message: {},
    convert: ({ params }) => toBeaconParams(present(params, 'params')),
    subject: ['parameters of', 'x/beacon'],
  });
