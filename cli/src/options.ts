import { InvalidArgumentError, Option } from 'commander';

/** Parsers of option values. Each throws what commander reports as wrong usage. */
export const parse = {
  /** A whole number within bounds. */
  integer:
    (low: number, high: number) =>
    (text: string): number => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= low && value <= high) return value;
      throw new InvalidArgumentError(`give a whole number from ${low} to ${high}.`);
    },
  /** A positive amount as a whole number; `2e9` and `1_000` are read too. */
  amount: (text: string): bigint => {
    const plain = text.replaceAll('_', '');
    const [, digits, exponent = '0'] = /^(\d{1,30})(?:e(\d{1,2}))?$/i.exec(plain) ?? [];
    if (digits === undefined) throw new InvalidArgumentError('give a whole number, such as 2000 or 2e9.');
    return BigInt(digits) * 10n ** BigInt(exponent);
  },
  /** An amount above 0. */
  positive: (text: string): bigint => {
    const value = parse.amount(text);
    if (value === 0n) throw new InvalidArgumentError('give a number above 0.');
    return value;
  },
  /** A duration in seconds: `90`, `90s`, `10m`, `1h30m`. */
  seconds: (text: string): number => {
    const [, hours = 0, minutes = 0, seconds = 0] =
      /^(?=\d)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s?)?$/.exec(text.trim()) ?? [];
    const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
    if (total > 0) return total;
    throw new InvalidArgumentError('give a duration such as 90s, 10m or 1h30m.');
  },
  /** udmc, or DMC with a unit: `5000000`, `5dmc`, `0.5 DMC`. */
  money: (text: string): bigint => {
    const [, whole, fraction = ''] = /^(\d{1,24})(?:\.(\d{1,6}))?\s*dmc$/i.exec(text.trim()) ?? [];
    if (whole !== undefined) return BigInt(whole + fraction.padEnd(6, '0'));
    const [, plain] = /^(\d{1,30})(?:\s*udmc)?$/i.exec(text.trim()) ?? [];
    if (plain === undefined)
      throw new InvalidArgumentError('give an amount such as 2500000 (udmc) or 2.5dmc.');
    return BigInt(plain);
  },
  /** A number of bytes: `1048576`, `64MiB`, `1.5 GiB`. */
  bytes: (text: string): number => {
    const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?)\s*(|[KMGT]iB|B)$/i.exec(text.trim()) ?? [];
    const power = 'bkmgt'.indexOf(unit.toLowerCase().charAt(0) || 'b');
    const bytes = Math.floor(Number(number) * 1_024 ** power);
    if (Number.isSafeInteger(bytes)) return bytes;
    throw new InvalidArgumentError('give a number of bytes, such as 1048576, 64MiB or 1.5GiB.');
  },
  /** A length of time in milliseconds: `90s`, `15m`, `24h`, `7d`. */
  duration: (text: string): number => {
    const [, number, unit = ''] = /^(\d{1,6})\s*([smhd])$/.exec(text.trim()) ?? [];
    const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 }[unit];
    if (number !== undefined && seconds !== undefined) return Number(number) * seconds * 1_000;
    throw new InvalidArgumentError('give a length of time, such as 90s, 15m, 24h or 7d.');
  },
  /** A probability from 0 to 1. */
  rate: (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= 0 && value <= 1) return value;
    throw new InvalidArgumentError('give a number from 0 to 1.');
  },
  /** An http or https URL, without a slash at its end. */
  url: (text: string): string => {
    try {
      const { protocol } = new URL(text);
      if (protocol === 'http:' || protocol === 'https:') return text.replace(/\/+$/, '');
    } catch {}
    throw new InvalidArgumentError('give an http or https URL.');
  },
  /** Adds a value to those of the same option before it. */
  each:
    <T>(one: (text: string) => T) =>
    (text: string, before: readonly T[] | undefined): readonly T[] => [...(before ?? []), one(text)],
};

/** An option of a number with a default, which the help shows as it would be written. */
export const bigintOption = (
  flags: string,
  description: string,
  read: (text: string) => bigint,
  byDefault: bigint,
): Option => new Option(flags, description).argParser(read).default(byDefault, String(byDefault));
