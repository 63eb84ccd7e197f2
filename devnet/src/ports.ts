import { createServer } from 'node:net';
import { blobsPort, faucetPort, graphqlPort, validatorPorts } from './layout.js';
import type { DevnetOptions } from './options.js';

/** A port that a devnet needs is taken. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  constructor(readonly port: number) {
    super(`port ${port} is in use; stop what listens there, or shift all ports with --port-offset N`);
  }
}

/** A port that a devnet would use is closed to browsers and to `fetch`. */
export class PortBarredError extends Error {
  override readonly name = 'PortBarredError';
  constructor(readonly port: number) {
    super(`port ${port} is barred by browsers; choose another --port-offset`);
  }
}

/** The ports above 1,023 that the Fetch standard bars. */
const barred: readonly number[] = [
  1_719, 1_720, 1_723, 2_049, 3_659, 4_045, 4_190, 5_060, 5_061, 6_000, 6_566, 6_665, 6_666, 6_667, 6_668,
  6_669, 6_679, 6_697, 10_080,
];

/** What decides the ports of a devnet. */
export type PortOptions = Pick<DevnetOptions, 'validators' | 'indexers' | 'portOffset'>;

/** Throws PortBarredError or PortTakenError for the first port of a devnet that cannot be used. */
export async function refuseUnusablePorts(options: PortOptions): Promise<void> {
  for (const port of portsOf(options)) {
    if (barred.includes(port)) throw new PortBarredError(port);
    await tryPort(port);
  }
}

function portsOf({ validators, indexers, portOffset }: PortOptions): number[] {
  const ofValidators = Array.from({ length: validators }, (_, i) =>
    Object.values<number>({ ...validatorPorts(i, portOffset) }),
  );
  const ofIndexers = Array.from({ length: indexers }, (_, i) => graphqlPort(i, portOffset));
  return [...ofValidators.flat(), ...ofIndexers, blobsPort(portOffset), faucetPort(portOffset)];
}

function tryPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => reject(new PortTakenError(port)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
