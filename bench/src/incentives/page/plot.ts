/** A line or a row of dots in a plot. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly kind: 'line' | 'dots';
  readonly points: readonly (readonly [number, number])[];
}

export interface Axes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

const WIDTH = 720;
const HEIGHT = 400;
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 16, 40, 56];

/** A plot as SVG: straight axes with five marks each, and a legend. Points beyond the ranges are left out. */
export function plot({ title, x, y, xRange, yRange }: Axes, series: readonly Series[]): string {
  const across = scale(xRange, [LEFT, WIDTH - RIGHT]);
  const down = scale(yRange, [HEIGHT - BOTTOM, TOP]);
  const inside = ([px, py]: readonly [number, number]): boolean =>
    px >= xRange[0] && px <= xRange[1] && py >= yRange[0] && py <= yRange[1];
  const drawn = series.map(({ kind, colour, points }) => {
    const shown = points
      .filter(inside)
      .map(([px, py]) => [across(px).toFixed(1), down(py).toFixed(1)] as const);
    return kind === 'line'
      ? `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${shown.map((each) => each.join(',')).join(' ')}"/>`
      : shown.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}"/>`).join('');
  });
  const legend = series.map(
    ({ name, colour }, i) =>
      `<rect x="${LEFT + 12}" y="${TOP + 8 + i * 18}" width="10" height="10" fill="${colour}"/>` +
      text(LEFT + 28, TOP + 17 + i * 18, name),
  );
  return document(title, [
    text(WIDTH / 2, 22, title, 'middle', 15),
    ...marks(xRange).map(
      (at) =>
        `<line x1="${across(at)}" y1="${TOP}" x2="${across(at)}" y2="${HEIGHT - BOTTOM}" stroke="#ddd"/>` +
        text(across(at), HEIGHT - BOTTOM + 18, label(at), 'middle'),
    ),
    ...marks(yRange).map(
      (at) =>
        `<line x1="${LEFT}" y1="${down(at)}" x2="${WIDTH - RIGHT}" y2="${down(at)}" stroke="#ddd"/>` +
        text(LEFT - 8, down(at) + 4, label(at), 'end'),
    ),
    text((LEFT + WIDTH) / 2, HEIGHT - 14, x, 'middle'),
    `<g transform="rotate(-90 16 ${HEIGHT / 2})">${text(16, HEIGHT / 2, y, 'middle')}</g>`,
    ...drawn,
    ...legend,
  ]);
}

/** What bars are compared with, and where they are cut off. */
export interface Scale {
  readonly mark: number;
  readonly markName: string;
  readonly least: number;
}

/** Bars from zero, one a row, with their values. A line marks what they are compared with; what goes beyond the least is cut off and faded. */
export function bars(
  title: string,
  rows: readonly (readonly [string, number])[],
  { mark, markName, least }: Scale,
): string {
  const top = TOP + 20;
  const height = top + rows.length * 20 + 24;
  const values = [...rows.map(([, value]) => Math.max(value, least)), mark, 0];
  const across = scale([Math.min(...values), Math.max(...values)], [340, WIDTH - 90]);
  const drawn = rows.map(([name, value], i) => {
    const at = top + i * 20;
    const end = across(Math.max(value, least));
    const [from, to] = [Math.min(across(0), end), Math.max(across(0), end)];
    const colour = value > mark ? '#c0392b' : value < least ? '#a9cce3' : '#2471a3';
    return (
      text(330, at + 12, name, 'end', 11) +
      `<rect x="${from.toFixed(1)}" y="${at + 2}" width="${Math.max(1, to - from).toFixed(1)}" height="14" fill="${colour}"/>` +
      text(WIDTH - 12, at + 13, value.toFixed(2), 'end', 11)
    );
  });
  const line =
    `<line x1="${across(mark)}" y1="${top - 6}" x2="${across(mark)}" y2="${height - 20}" stroke="#1e8449" stroke-width="2"/>` +
    text(across(mark) + 4, top - 10, markName, 'end', 11);
  return document(title, [text(WIDTH / 2, 22, title, 'middle', 15), ...drawn, line], height);
}

const document = (title: string, parts: readonly string[], height = HEIGHT): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif"><title>${escaped(title)}</title>` +
  `<rect width="${WIDTH}" height="${height}" fill="#fff"/>${parts.join('')}</svg>\n`;

const scale =
  ([from, to]: readonly [number, number], [first, last]: readonly [number, number]) =>
  (value: number): number =>
    Number((first + ((value - from) / (to - from)) * (last - first)).toFixed(1));

const marks = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: 6 }, (_, i) => from + ((to - from) * i) / 5);

const label = (value: number): string => Number(value.toFixed(2)).toString();

const escaped = (words: string): string => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const text = (x: number, y: number, words: string, anchor = 'start', size = 12): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="#222">${escaped(words)}</text>`;
