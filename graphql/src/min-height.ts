import { BadArgumentError } from './errors.js';

/** What an operation waits for before it is answered. */
export interface MinHeight {
  readonly height: number;
  readonly timeoutMs: number;
}

const TIMEOUT_MS = { usual: 10_000, most: 30_000 } as const;

interface Asked {
  readonly params?: { readonly extensions?: Readonly<Record<string, unknown>> | undefined } | undefined;
  readonly request?: Request | undefined;
}

/**
 * The height that an operation names by `extensions.minHeight` and `extensions.timeoutMs`, or by the headers
 * `x-min-height` and `x-timeout-ms`. Throws `BadArgumentError`.
 */
export const minHeightOf = ({ params, request }: Asked): MinHeight | undefined => {
  const height = params?.extensions?.minHeight ?? request?.headers.get('x-min-height');
  if (height == null) return undefined;
  const timeout = params?.extensions?.timeoutMs ?? request?.headers.get('x-timeout-ms') ?? TIMEOUT_MS.usual;
  return {
    height: wholeNumber('minHeight', height, Number.MAX_SAFE_INTEGER),
    timeoutMs: wholeNumber('timeoutMs', timeout, TIMEOUT_MS.most),
  };
};

const wholeNumber = (name: string, value: unknown, most: number): number => {
  const number = /^\d{1,16}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(number <= most))
    throw new BadArgumentError(`${name} is a whole number from 0 to ${most}, not ${value}`);
  return number;
};
