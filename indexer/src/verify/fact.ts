/** A thing as the chain has it and as the index has it, by the same names; undefined where it does not exist. */
export interface Fact {
  /** As in `job`. */
  readonly what: string;
  readonly id: string;
  readonly chain: Values | undefined;
  readonly indexed: Values | undefined;
}

export type Values = Readonly<Record<string, unknown>>;

/** What the index does not have as the chain does. Values as text, null where there is none. */
export interface StateDifference {
  readonly what: string;
  readonly id: string;
  /** Empty for a thing that only one of them has. */
  readonly field: string;
  readonly indexed: string | null;
  readonly chain: string | null;
}

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_name, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
};

/** The fields that the chain names and the index has otherwise. */
export const differencesOf = ({ what, id, chain, indexed }: Fact): readonly StateDifference[] => {
  if (chain === undefined || indexed === undefined) {
    const is = (values: Values | undefined) => (values === undefined ? null : 'there');
    return [{ what, id, field: '', indexed: is(indexed), chain: is(chain) }];
  }
  return Object.keys(chain).flatMap((field) => {
    const [here, there] = [textOf(indexed[field]), textOf(chain[field])];
    return here === there ? [] : [{ what, id, field, indexed: here, chain: there }];
  });
};
