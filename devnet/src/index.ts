export { cheaterLife, cheaterPurse } from './cheaters/index.js';
export {
  type CheaterKind,
  type CheaterProcess,
  cheaterKinds,
  cheaterProcesses,
  cheaterTable,
  isCheaterKind,
} from './cheaters/table.js';
export { devnetDown } from './down.js';
export type { FaucetLimits } from './faucet/limits.js';
export { type Faucet, type FaucetOptions, startFaucet } from './faucet/server.js';
export { freePortOffset } from './free-ports.js';
export { DEVNET_CHAIN_ID, type GenesisAccount, type GenesisOptions, initChain } from './genesis.js';
export { paths } from './layout.js';
export { type DevnetOptions, DevnetOptionsError } from './options.js';
export { OPERATOR_KEY } from './parts.js';
export { PortBarredError, type PortOptions, PortTakenError, refuseUnusablePorts } from './ports.js';
export { PartFailedError } from './process.js';
export { type DevnetProcess, type DevnetState, type Role, readState } from './state.js';
export { type DevnetStatus, devnetStatus } from './status.js';
export { type Devnet, type DevnetHooks, devnetUp } from './up.js';
