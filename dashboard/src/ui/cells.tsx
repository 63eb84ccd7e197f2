import { count } from '../format/text.js';
import { LEGEND, type Phase } from '../model/phases.js';

const NAMES = new Map(LEGEND);

const summary = (phases: readonly Phase[], noun: string): string => {
  const counts = new Map<Phase, number>();
  for (const phase of phases) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  const parts = LEGEND.flatMap(([phase, name]) =>
    counts.has(phase) ? [`${counts.get(phase)} ${name}`] : [],
  );
  return `${phases.length} ${count(phases.length, noun, noun.endsWith('ch') ? `${noun}es` : `${noun}s`)}: ${parts.join(', ')}`;
};

/** One cell a batch or unit, filled by how far it is. */
export function Cells({
  phases,
  noun,
  size = 'small',
}: {
  readonly phases: readonly Phase[];
  readonly noun: 'batch' | 'unit';
  readonly size?: 'strip' | 'small' | 'large' | 'huge';
}) {
  return (
    <div class={`cells ${size}`} role="img" aria-label={summary(phases, noun)}>
      {phases.map((phase, i) => (
        <i key={i} data-phase={phase} />
      ))}
    </div>
  );
}

/** What the cells' fillings mean. */
export const Legend = () => (
  <ul class="legend">
    {LEGEND.map(([phase, name]) => (
      <li key={name}>
        <i data-phase={phase} />
        {name}
      </li>
    ))}
  </ul>
);

/** A share of a whole as a line. `name` says of what. */
export function Meter({
  value,
  of,
  name,
}: {
  readonly value: number;
  readonly of: number;
  readonly name: string;
}) {
  const part = of > 0 ? Math.min(1, value / of) : 0;
  return (
    <span class="meter" role="img" aria-label={`${name}: ${value} of ${of}`}>
      <i style={{ width: `${part * 100}%` }} />
    </span>
  );
}

export { NAMES as phaseNames };
