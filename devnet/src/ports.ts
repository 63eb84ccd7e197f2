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

/** Throws PortTakenError for the first port of a devnet that nothing can listen on. */
export async function refuseTakenPorts(options: DevnetOptions): Promise<void> {
  for (const port of portsOf(options)) await tryPort(port);
}

function portsOf({ validators, indexers, portOffset }: DevnetOptions): number[] {
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
