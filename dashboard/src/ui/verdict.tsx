import type { DisputeState, Verdict } from '../api/types.js';
import { words } from '../format/text.js';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  ForWorker: 'for the worker',
  AgainstWorker: 'against the worker',
  None: 'no verdict in time',
};

/** How a dispute ended, or how far it is. */
export const VerdictText = ({
  state,
  verdict,
}: {
  readonly state: DisputeState;
  readonly verdict: Verdict | null;
}) => (
  <span class={verdict === 'AgainstWorker' || state !== 'Decided' ? 'trouble' : ''}>
    {verdict ? VERDICTS[verdict] : words(state)}
  </span>
);
