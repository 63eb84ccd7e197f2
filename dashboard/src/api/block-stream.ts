import type { ResultOf } from 'gql.tada';
import { backOff } from '../model/back-off.js';
import { graphql } from './graphql.js';

const BLOCKS = graphql('subscription Blocks { blocks { height time } }');

type NewBlock = ResultOf<typeof BLOCKS>['blocks'];

interface Listener {
  readonly onBlock: (block: NewBlock) => void;
  /** The stream broke. It is opened again by itself, later each time. */
  readonly onBreak: () => void;
}

/** Has the API send every new block (server-sent events). Returns what ends that. */
export function streamBlocks({ onBlock, onBreak }: Listener): () => void {
  let source: EventSource;
  let failures = 0;
  let again: number | undefined;
  const broken = () => {
    source.close();
    window.clearTimeout(again);
    failures += 1;
    again = window.setTimeout(open, backOff(failures, Math.random()));
    onBreak();
  };
  const open = () => {
    source = new EventSource(`/graphql?${new URLSearchParams({ query: BLOCKS as unknown as string })}`);
    source.addEventListener('next', ({ data }: MessageEvent<string>) => {
      const { data: answer } = JSON.parse(data) as { data?: ResultOf<typeof BLOCKS> | null };
      if (!answer) return broken();
      failures = 0;
      onBlock(answer.blocks);
    });
    source.addEventListener('complete', broken);
    source.addEventListener('error', broken);
  };
  open();
  return () => {
    window.clearTimeout(again);
    source.close();
  };
}
