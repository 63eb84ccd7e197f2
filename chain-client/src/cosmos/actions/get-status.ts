import type { ChainStatus } from '../../types/status.js';
import type { CosmosContext } from '../context.js';
import { statusRequest } from '../rpc/requests.js';

/** What the endpoint that answers says about itself. */
export const getStatus = ({ rpc }: CosmosContext): Promise<ChainStatus> => rpc.call(statusRequest);
