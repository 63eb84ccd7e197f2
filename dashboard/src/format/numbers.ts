const NARROW = '\u202f';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, NARROW);

/** A whole number with its thousands set apart: 1 234 567. */
export const whole = (value: number | bigint | string): string => grouped(String(value));

/** udmc as DMC, with as many decimals as it needs, at most so many of six, all six for what fewer would show as 0. */
export function dmc(udmc: string | bigint, places = 6): string {
  const amount = BigInt(udmc);
  const sign = amount < 0n ? '\u2212' : '';
  const digits = String(amount < 0n ? -amount : amount).padStart(7, '0');
  const cut = digits.slice(0, -6) + digits.slice(-6).slice(0, places);
  const kept = /[1-9]/.test(cut) ? places : 6;
  const decimals = digits.slice(-6).slice(0, kept).replace(/0+$/, '');
  return `${sign}${grouped(digits.slice(0, -6))}${decimals && `.${decimals}`}`;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** Three significant digits and a prefix: 12.3 G. The unit follows directly. */
export function scaled(value: number | bigint | string): { readonly value: string; readonly prefix: string } {
  let rest = Number(value);
  let step = 0;
  while (rest >= 999.5 && step < PREFIXES.length - 1) {
    rest /= 1_000;
    step += 1;
  }
  const decimals =
    rest >= 99.95 || rest === 0 || (step === 0 && Number.isInteger(rest)) ? 0 : rest >= 9.995 ? 1 : 2;
  return { value: rest.toFixed(decimals), prefix: PREFIXES[step] ?? '' };
}

/** A quantity of gas, bytes or the like: 12.3 Ggas. */
export function quantity(value: number | bigint | string, unit: string): string {
  const { value: number, prefix } = scaled(value);
  return `${number} ${prefix}${unit}`;
}

/** Basis points as a percentage: 250 is 2.5 %. */
export const percentOfBps = (bps: number): string => `${Number((bps / 100).toFixed(2))}${NARROW}%`;

/** Part of a whole in whole percent; 100 only when all of it is there. */
export function share(part: number, of: number): number {
  if (of <= 0) return 0;
  return part >= of ? 100 : Math.min(99, Math.floor((part / of) * 100));
}

/** udmc as DMC with all six decimals. */
export function dmcFixed(udmc: string | bigint): string {
  const shown = dmc(udmc);
  const [units = '0', decimals = ''] = shown.split('.');
  return `${units}.${decimals.padEnd(6, '0')}`;
}
