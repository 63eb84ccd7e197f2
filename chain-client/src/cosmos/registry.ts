import { type GeneratedType, Registry } from '@cosmjs/proto-signing';
import { defaultRegistryTypes } from '@cosmjs/stargate';
import * as audit from './gen/dmcn/audit/v1/tx.js';
import * as beacon from './gen/dmcn/beacon/v1/tx.js';
import * as task from './gen/dmcn/task/v1/tx.js';
import * as worker from './gen/dmcn/worker/v1/tx.js';

/** Every message of this chain's own modules, by its type URL. */
const dmcnTypes: readonly [string, GeneratedType][] = Object.entries({
  '/dmcn.worker.v1': worker,
  '/dmcn.task.v1': task,
  '/dmcn.audit.v1': audit,
  '/dmcn.beacon.v1': beacon,
}).flatMap(([module, types]) =>
  Object.entries(types)
    .filter(([name]) => /^Msg\w+(?<!Response)$/.test(name))
    .map(([name, type]): [string, GeneratedType] => [`${module}.${name}`, type as GeneratedType]),
);

/**
 * A registry for CosmJS's own clients: give it to `SigningStargateClient` to sign any message of this chain with any
 * CosmJS signer, such as a browser wallet.
 */
export const createRegistry = (): Registry => new Registry([...defaultRegistryTypes, ...dmcnTypes]);
