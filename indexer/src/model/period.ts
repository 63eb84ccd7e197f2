/** Stretches of block time that sums are kept for, by their milliseconds. */
export const periods = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export type PeriodSize = keyof typeof periods;

export const periodSizes = Object.keys(periods) as readonly PeriodSize[];

/** Start of the stretch that a time falls into, both in milliseconds. */
export const periodStart = (size: PeriodSize, time: number): number => time - (time % periods[size]);
