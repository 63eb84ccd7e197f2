import { builder } from '../builder.js';
import '../scalars.js';
import './network.js';
import './module.js';
import './job.js';
import './batch.js';
import './unit.js';
import './payment.js';
import './worker.js';
import './history.js';
import './audit.js';
import './beacon.js';
import './block.js';
import './census.js';
import './dispute.js';
import './market.js';
import './requester.js';
import './scheduler.js';
import './search.js';
import './slash.js';
import './subscription.js';
import './validator.js';

/** The schema that the API serves. */
export const schema = builder.toSchema();
