import type { ResultOf } from 'gql.tada';
import { backOff } from '../model/back-off.js';
import { graphql } from './graphql.js';
import { isUnknown, named } from './named.js';

const BLOCKS = graphql('subscription Blocks { blocks { height time } }');

const text = BLOCKS as unknown as string;

type NewBlock = ResultOf<typeof BLOCKS>['blocks'];

interface Told {
  readonly data?: ResultOf<typeof BLOCKS> | null;
  readonly errors?: Parameters<typeof isUnknown>[0];
}

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
  /** What tells the operation: its hash, and its text too once the API said that it does not know that. */
  let asked: Record<string, string> = { extensions: JSON.stringify(named(text)) };
  const broken = () => {
    source.close();
    window.clearTimeout(again);
    failures += 1;
    again = window.setTimeout(open, backOff(failures, Math.random()));
    onBreak();
  };
  const open = () => {
    source = new EventSource(`/graphql?${new URLSearchParams(asked)}`);
    source.addEventListener('next', ({ data }: MessageEvent<string>) => {
      const { data: answer, errors } = JSON.parse(data) as Told;
      if (isUnknown(errors)) asked = { ...asked, query: text };
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
