import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { whole } from '../format/numbers.js';
import { count, duration } from '../format/text.js';

interface Block {
  readonly height: number;
  /** ISO 8601. */
  readonly time: string;
  readonly transactions: number;
  readonly events: number;
}

/** Blocks a second grow old; this one says so. */
function Age({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return <>{`${duration(now - since)} ago`}</>;
}

/** Mean time between blocks, in milliseconds. */
const pace = (blocks: readonly Block[]): number => {
  const [newest, oldest] = [blocks[0], blocks.at(-1)];
  if (!newest || !oldest || newest.height === oldest.height) return 0;
  return (Date.parse(newest.time) - Date.parse(oldest.time)) / (newest.height - oldest.height);
};

/** Blocks that the strip has room for: a chain that has fewer yet leaves the rest empty, so that a new one moves nothing. */
const ROOM = 100;

/** The newest blocks, newest first, as a strip in which a busy block stands taller, behind the newest one's height. */
export function Blocks({
  blocks,
  children,
}: {
  readonly blocks: readonly Block[];
  readonly children?: ComponentChildren;
}) {
  const [newest] = blocks;
  if (!newest) return null;
  const most = Math.max(1, ...blocks.map(({ events }) => events));
  const transactions = blocks.reduce((sum, block) => sum + block.transactions, 0);
  return (
    <section class="blocks" aria-label="Blocks">
      <div class="newest">
        <p class="soft">Block</p>
        <p class="big">
          <a href={`/blocks/${newest.height}`}>{whole(newest.height)}</a>
        </p>
        <p class="soft">
          <Age since={Date.parse(newest.time)} />
          {`, one in ${duration(pace(blocks))}`}
        </p>
      </div>
      <div class="recent">
        <div
          class="ribbon"
          role="img"
          aria-label={`Events in each of the last ${blocks.length} blocks: at most ${most}, ${transactions} transactions in all`}
        >
          {Array.from({ length: ROOM - blocks.length }, (_, i) => (
            <i key={i} class="none" />
          ))}
          {[...blocks].reverse().map(({ height, events, transactions: txs }, i) => (
            <i
              key={ROOM - blocks.length + i}
              title={`block ${whole(height)}: ${txs} ${count(txs, 'transaction')}, ${events} ${count(events, 'event')}`}
              style={{ transform: `scaleY(${0.06 + 0.94 * Math.sqrt(events / most)})` }}
              class={events === 0 ? 'quiet' : ''}
            />
          ))}
        </div>
        <div class="under">
          <p class="soft">{`${whole(transactions)} ${count(transactions, 'transaction')} in the last ${blocks.length} blocks`}</p>
          {children}
        </div>
      </div>
    </section>
  );
}
