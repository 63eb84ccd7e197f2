export const number = (value: number, digits = 2): string => value.toFixed(digits);

export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** A table of markdown, its first column to the left. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map((_, i) => (i === 0 ? '---' : '---:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
