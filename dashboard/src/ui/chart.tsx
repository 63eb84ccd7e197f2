import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onTheme } from './theme.js';

export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** `steps` for what holds until it changes, `bars` for sums over a stretch. */
  readonly shape?: 'line' | 'steps' | 'bars';
  readonly tone?: 'blue' | 'hatch' | 'trouble';
  readonly filled?: boolean;
  /** Marks each value, for values that may stand alone. */
  readonly dots?: boolean;
}

interface Props {
  /** For whoever cannot see it: what is drawn, and what is to be seen there. */
  readonly label: string;
  /** Seconds since 1970, or any number where `plain`. */
  readonly at: readonly number[];
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  readonly formatAt?: (value: number) => string;
  readonly height?: number;
  /** The x axis is no time. */
  readonly plain?: boolean;
  readonly fromZero?: boolean;
}

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const PATHS = {
  line: () => uPlot.paths.linear?.(),
  steps: () => uPlot.paths.stepped?.({ align: 1 }),
  bars: () => uPlot.paths.bars?.({ size: [0.8, 24] }),
};

function optionsOf(
  { lines, format, formatAt, height = 180, plain = false, fromZero = true }: Props,
  width: number,
): uPlot.Options {
  const font = `12px ${colour('sans')}`;
  const grid = { stroke: colour('line'), width: 1 };
  const axis = { stroke: colour('soft'), font, grid, ticks: { show: false }, border: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { x: true, y: false, drag: { x: false, y: false }, points: { size: 6 } },
    padding: [8, 22, 0, 0],
    scales: {
      x: { time: !plain },
      y: {
        range: (_, low, high) =>
          fromZero
            ? [0, high > 0 ? high * 1.12 : 1]
            : low === high
              ? [low * 0.9, high * 1.1 + 1]
              : [low - (high - low) * 0.15, high + (high - low) * 0.15],
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 80,
        gap: 9,
        size: 32,
        values: (_, ats) => ats.map(formatAt ?? (plain ? String : clock(ats))),
      },
      {
        ...axis,
        space: 40,
        size: 64,
        values: (plot, values) => values.map(isEmpty(plot) ? () => '' : format),
      },
    ],
    series: [
      {},
      ...lines.map(({ name, shape = 'line', tone = 'blue', filled = false, dots = false }): uPlot.Series => {
        const paths = PATHS[shape]();
        return {
          label: name,
          stroke: colour(tone),
          width: shape === 'bars' ? 0 : 1.75,
          spanGaps: shape === 'line' || shape === 'steps',
          points: { show: dots, size: 5, fill: colour(tone) },
          ...(paths && { paths }),
          ...((filled || shape === 'bars') && {
            fill: shape === 'bars' ? colour(tone) : `${colour(tone)}1f`,
          }),
        };
      }),
    ],
  };
}

/** A scale without values would be an invention. */
const isEmpty = ({ data: [, ...lines] }: uPlot): boolean =>
  lines.every((values) => [...values].every((value) => value === null || value === undefined));

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const SECOND = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Times as exact as the marks are apart. */
const clock = ([first = 0, second = 0]: readonly number[]) => {
  const apart = second - first;
  const format = apart >= 86_400 ? DATE : apart >= 60 ? TIME : SECOND;
  return (at: number) => format.format(at * 1_000);
};

/** A chart over time. Its values under the pointer stand above it. */
export function Chart(props: Props) {
  const { label, at, lines, height = 180, format } = props;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const data = [at, ...lines.map(({ values }) => values)] as uPlot.AlignedData;
  const newest = useRef({ props, data });
  newest.current = { props, data };

  useEffect(() => {
    const host = frame.current;
    if (!host) return;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(newest.current.props, host.clientWidth), newest.current.data, host);
    };
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: host.clientWidth, height }));
    draw();
    resized.observe(host);
    const end = onTheme(draw);
    return () => {
      end();
      resized.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [height, lines.length]);

  useEffect(() => plot.current?.setData(data));

  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const range =
    known.length === 0
      ? 'nothing yet'
      : `from ${format(Math.min(...known))} to ${format(Math.max(...known))}`;
  return (
    <figure class="chart">
      <div ref={frame} role="img" aria-label={`${label}: ${range}`} style={{ height: `${height}px` }} />
      {known.length === 0 && <p class="over">Nothing yet.</p>}
    </figure>
  );
}
