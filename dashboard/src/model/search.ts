import type { SearchKind } from '../api/types.js';

const MAX_ID = 2n ** 64n - 1n;
const FOLDERS: Readonly<Record<string, string>> = {
  job: '/jobs',
  '#': '/jobs',
  dispute: '/disputes',
  block: '/blocks',
};

/** Where a search leads that says what it is about: #12, "job 12", 12/3 (a batch), "dispute 4", "block 900". */
export function targetOf(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  const batch = /^(?:job\s*)?#?(\d{1,20})\/(\d{1,7})$/.exec(wanted);
  const named = /^(job|dispute|block|#)\s*#?(\d{1,20})$/.exec(wanted);
  const id = BigInt(batch?.[1] ?? named?.[2] ?? -1);
  if (id < 0n || id > MAX_ID) return undefined;
  return batch ? `/jobs/${id}?batch=${Number(batch[2])}` : `${FOLDERS[named?.[1] ?? '']}/${id}`;
}

export interface Hit {
  readonly kind: SearchKind;
  readonly id: string;
}

const PATHS: Readonly<Record<SearchKind, (id: string) => string>> = {
  JOB: (id) => `/jobs/${id}`,
  BLOCK: (id) => `/blocks/${id}`,
  DISPUTE: (id) => `/disputes/${id}`,
  MODULE: (id) => `/modules/${id}`,
  WORKER: (id) => `/workers/${id}`,
  REQUESTER: (id) => `/accounts/${id}`,
  REFEREE: (id) => `/accounts/${id}`,
};

/** What a text is taken for where it names several things: a job before the block of that number, a worker before its account. */
const FIRST: readonly SearchKind[] = ['JOB', 'WORKER', 'REQUESTER', 'MODULE', 'REFEREE', 'DISPUTE', 'BLOCK'];

/** The page of what the API found. */
export const pathOf = ({ kind, id }: Hit): string => PATHS[kind](id);

/** What a text may be meant to name, an address or id without its prefix. */
export const wantedOf = (text: string): string =>
  text
    .trim()
    .replace(/^(0x|#)/i, '')
    .slice(0, 100);

const ADDRESS = /^[a-z]{1,20}1[02-9ac-hj-np-z]{38,58}$/;

/** What a text may name, the likeliest first. */
export const likelyFirst = (hits: readonly Hit[]): readonly Hit[] =>
  [...hits].sort((one, other) => FIRST.indexOf(one.kind) - FIRST.indexOf(other.kind));

/** Where a search leads at once: to what it names first, or to the account of an address that the network does not know yet. */
export function pathOfBest(text: string, hits: readonly Hit[]): string | undefined {
  const [best] = likelyFirst(hits);
  if (best) return pathOf(best);
  const wanted = wantedOf(text);
  return ADDRESS.test(wanted) ? `/accounts/${wanted}` : undefined;
}
