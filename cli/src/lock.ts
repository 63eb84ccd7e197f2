import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';

/** Something that only one process at a time may do on this machine. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a name, or resolves with undefined where a living process has it. It is a local socket that the process
 * listens at, so that the system takes it back in the moment in which the process dies, whatever kills it.
 */
export async function takeLock(name: string): Promise<Lock | undefined> {
  const address = addressOf(name);
  return (await listenAt(address)) ?? ((await isStale(address)) ? listenAt(address) : undefined);
}

function addressOf(name: string): string {
  const id = `dmcn-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${id}`;
  return process.platform === 'linux' ? `\0${id}` : `/tmp/${id}.sock`;
}

function listenAt(address: string): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve({ release: () => new Promise((released) => server.close(() => released())) });
    });
  });
}

/** Where sockets are files, one may be left of a process that is gone: nobody answers there, and it is removed. */
async function isStale(address: string): Promise<boolean> {
  if (!address.startsWith('/')) return false;
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect(address, () => resolve(true));
    socket.once('error', () => resolve(false)).once('close', () => resolve(true));
  });
  if (!answers) await rm(address, { force: true });
  return !answers;
}
