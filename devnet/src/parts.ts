import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cheaterProcesses } from './cheaters/table.js';
import { blobsPort, faucetPort, graphqlPort, local, paths, validatorPorts } from './layout.js';
import type { DevnetOptions } from './options.js';
import { answers, heightOf } from './probe.js';
import type { Part } from './process.js';
import type { DevnetState, Role } from './state.js';

const SECOND = 1_000;
/** Name of a validator's key in the home of its referee. */
export const OPERATOR_KEY = 'operator';

/** Parts of one stage start side by side; a stage starts when the one before answers. */
export function stagesOf(options: DevnetOptions): Part[][] {
  const { home, portOffset } = options;
  const part = (
    role: Role,
    name: string,
    command: Part['command'],
    ready: Part['ready'],
    patience = 60 * SECOND,
  ): Part => ({ role, name, command, ready, patience, log: join(paths.logs(home), `${name}.log`) });
  const verb = (...args: string[]): Part['command'] => [...options.dmcn, ...args];
  const nodes = times(options.validators, (i) => ['--node', local(validatorPorts(i, portOffset).rpc)]).flat();
  const blobs = local(blobsPort(portOffset));
  const faucet = local(faucetPort(portOffset));

  const validators = times(options.validators, (i) =>
    part(
      'validator',
      `validator${i}`,
      [options.dmcnd, 'start', '--home', paths.node(home, i)],
      async () => ((await heightOf(local(validatorPorts(i, portOffset).rpc))) ?? 0) > 0,
      120 * SECOND,
    ),
  );
  const services = [
    part(
      'blobs',
      'blobs',
      verb('blobs', 'start', '--dir', paths.blobs(home), '--port', String(blobsPort(portOffset)), ...nodes),
      () => answers(`${blobs}/health`),
    ),
    part(
      'faucet',
      'faucet',
      verb(
        'faucet',
        'start',
        '--home',
        paths.faucet(home),
        '--port',
        String(faucetPort(portOffset)),
        ...nodes,
      ),
      () => answers(`${faucet}/health`),
    ),
    ...times(options.indexers, (i) =>
      part(
        'indexer',
        `indexer${i}`,
        verb('indexer', 'start', '--db', paths.database(home, i), ...nodes),
        async () => existsSync(paths.database(home, i)),
      ),
    ),
  ];
  const referees = times(options.validators, (i) => {
    const at = paths.referee(home, i);
    const own = ['--node', local(validatorPorts(i, portOffset).rpc)];
    const command = verb('referee', 'start', '--home', at, '--operator', OPERATOR_KEY, ...own, ...nodes);
    return part('referee', `referee${i}`, command, async () => votes(at));
  });
  const graphql = times(options.indexers, (i) => {
    const port = graphqlPort(i, portOffset);
    const command = verb(
      'graphql',
      'start',
      '--db',
      paths.database(home, i),
      '--port',
      String(port),
      '--graphiql',
    );
    return part('graphql', `graphql${i}`, command, () => answers(`${local(port)}/ready`));
  });
  const indexes = times(options.indexers, (i) => ['--graphql', apiOf(graphqlPort(i, portOffset))]).flat();
  const works = (at: string) => ['--home', at, '--blobs', blobs, '--faucet', faucet, ...nodes, ...indexes];
  const workers = times(options.workers, (i) => {
    const at = paths.worker(home, i);
    return part('worker', `worker${i}`, verb('worker', 'start', ...works(at)), async () => isBonded(at));
  });
  const cheaters = cheaterProcesses(options.cheaters).map(({ kind, name, flags, accomplice, ...its }) => {
    const at = paths.cheater(home, name);
    const other = accomplice === undefined ? [] : ['--accomplice', paths.cheater(home, accomplice)];
    const command = verb('devnet', 'cheat', kind, '--part', its.part, ...other, ...flags, ...works(at));
    return part('cheater', name, command, async () => isBonded(at));
  });
  return [validators, [...services, ...referees], [...graphql, ...workers, ...cheaters]];
}

const apiOf = (port: number): string => `${local(port)}/graphql`;

/** The addresses that the parts of a devnet answer at. */
export function addressesOf(
  options: DevnetOptions,
): Omit<DevnetState, 'chainId' | 'supervisor' | 'processes'> {
  const { portOffset } = options;
  const ports = times(options.validators, (i) => validatorPorts(i, portOffset));
  return {
    rpc: ports.map(({ rpc }) => local(rpc)),
    grpc: ports.map(({ grpc }) => local(grpc)),
    rest: ports.map(({ rest }) => local(rest)),
    graphql: times(options.indexers, (i) => apiOf(graphqlPort(i, portOffset))),
    blobs: [local(blobsPort(portOffset))],
    faucet: local(faucetPort(portOffset)),
  };
}

const isBonded = (home: string): boolean => isUnderWay(join(home, 'worker.json'));
const votes = (home: string): boolean => isUnderWay(join(home, 'referee.json'));

/** Whether a process says that what it does before its work is done. */
function isUnderWay(file: string): boolean {
  if (!existsSync(file)) return false;
  const { state } = JSON.parse(readFileSync(file, 'utf8')) as { state: string };
  return state !== 'starting' && state !== 'settling' && state !== 'registering';
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
