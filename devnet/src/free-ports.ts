import { PortBarredError, type PortOptions, PortTakenError, refuseUnusablePorts } from './ports.js';

const OFFSETS = [0, 1_000, 2_500, 3_000, 5_000, 8_000, 13_000, 21_000];

/** The first offset at which all ports of such a devnet can be used. */
export async function freePortOffset(parts: Omit<PortOptions, 'portOffset'>): Promise<number> {
  for (const portOffset of OFFSETS) {
    try {
      await refuseUnusablePorts({ ...parts, portOffset });
      return portOffset;
    } catch (error) {
      if (!(error instanceof PortTakenError || error instanceof PortBarredError)) throw error;
    }
  }
  throw new Error(
    'the ports of a devnet are taken, at every offset that was tried; stop another devnet first',
  );
}
