import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { output } from '../command.js';
import type { Postgres } from './postgres.js';
import { type Density, replayOf } from './replay-blocks.js';
import type { Served } from './served.js';

const chain = fileURLToPath(new URL('../../../chain', import.meta.url));
const SINK = 'github.com/cometbft/cometbft/state/indexer/sink/psql';
const DATABASE = 'sink';

/** CometBFT’s event sink, built. */
export interface PsqlSink {
  readonly version: string;
  /**
   * Processor time for each block from a height on, of the sink and of PostgreSQL, in nanoseconds. `fed`: the blocks are in
   * its memory before time counts, as they are within a node; else it fetches them, as an indexer does.
   */
  run(served: Served, fed: boolean): Promise<number>;
}

export const buildPsqlSink = async (folder: string, postgres: Postgres): Promise<PsqlSink> => {
  const program = join(folder, 'psqlsink');
  await output('go', ['build', '-o', program, './internal/psqlsink'], { cwd: chain });
  const where = (
    await output('go', ['list', '-f', '{{.Dir}} {{.Module.Version}}', SINK], { cwd: chain })
  ).trim();
  const [source = '', version = ''] = where.split(' ');
  const schema = readFileSync(join(source, 'schema.sql'), 'utf8');
  const conn = `host=127.0.0.1 port=${postgres.port} user=postgres dbname=${DATABASE} sslmode=disable`;
  return {
    version,
    async run({ url, blocks, warm, density }, fed) {
      await postgres.create(DATABASE);
      await postgres.run(DATABASE, schema);
      const args = [
        '-url',
        url,
        '-conn',
        conn,
        '-last',
        `${blocks}`,
        '-warm',
        `${warm}`,
        ...(fed ? ['-fed'] : []),
      ];
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'close');
      const told = new Map<string, number>();
      for await (const line of createInterface(child.stdout)) {
        const [moment = '', own = ''] = line.split(' ');
        told.set(moment, Number(own) + postgres.cpu());
      }
      const [code] = await ended;
      const [from, to] = [told.get('warm'), told.get('done')];
      if (code !== 0 || from === undefined || to === undefined)
        throw new Error(`psqlsink ended with ${code}`);
      await checkRows(postgres, blocks, density);
      return (to - from) / (blocks - warm);
    },
  };
};

/** Every attribute of every event must be there, as the node told it. */
const checkRows = async (postgres: Postgres, blocks: number, density: Density): Promise<void> => {
  const expected: string[] = [];
  for (const [i, text] of replayOf(blocks, density).results.entries()) {
    for (const { type, attributes } of JSON.parse(text).finalize_block_events) {
      for (const { key, value } of attributes) expected.push(`${i + 1} ${type} ${key} ${value}`);
    }
  }
  const digest = createHash('md5');
  for (const line of expected.map((one) => Buffer.from(one)).sort(Buffer.compare)) digest.update(line);
  const line = `height || ' ' || type || ' ' || key || ' ' || value`;
  const [found] = await postgres.query(
    DATABASE,
    `select count(*), md5(coalesce(string_agg(${line}, '' order by ${line} collate "C"), ''))
       from block_events where type <> 'block'`,
  );
  const wanted = `${expected.length}|${digest.digest('hex')}`;
  if (found !== wanted) throw new Error(`the sink holds other attributes: ${found}, not ${wanted}`);
};
