import { type ComponentChildren, Fragment } from 'preact';
import { dmc, dmcFixed } from '../format/numbers.js';
import { shortened } from '../format/text.js';

interface Inside {
  readonly children: ComponentChildren;
}

/** One number of a page, with its name. `note` is a second, smaller line. */
export function Figure({
  name,
  note,
  children,
}: Inside & { readonly name: string; readonly note?: ComponentChildren }) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        <span class="value">{children}</span>
        {note !== undefined && <span class="note">{note}</span>}
      </dd>
    </div>
  );
}

export const Figures = ({ children }: Inside) => <dl class="figures">{children}</dl>;

/** A number with its unit set smaller, a new one where the number gets another length. */
export const Measure = ({ value, unit }: { readonly value: string; readonly unit: string }) => (
  <Fragment key={value.length}>
    {value}
    <span class="unit">{`\u2009${unit}`}</span>
  </Fragment>
);

/** An amount in DMC. */
export const Dmc = ({ udmc, places }: { readonly udmc: string | bigint; readonly places?: number }) => (
  <Measure value={dmc(udmc, places)} unit="DMC" />
);

/** A section with a heading, and whatever stands at the heading's end. */
export function Section({
  title,
  aside,
  children,
  id,
}: Inside & {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly id?: string;
}) {
  const heading = id ?? title.toLowerCase().replace(/\W+/g, '-');
  return (
    <section class="section" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        {aside !== undefined && <div class="aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** An account, shortened, leading to its page. */
export const Address = ({
  of,
  kind = 'accounts',
}: {
  readonly of: string;
  readonly kind?: 'accounts' | 'workers';
}) => (
  <a class="mono" href={`/${kind}/${of}`} title={of}>
    {shortened(of, 9, 4)}
  </a>
);

export const JobLink = ({ id }: { readonly id: string }) => (
  <a class="mono" href={`/jobs/${id}`}>
    <span class="hidden">job </span>
    {`#${id}`}
  </a>
);

/** A module by its name, or the beginning of its id. */
export const ModuleLink = ({ id, name }: { readonly id: string; readonly name: string }) => (
  <a href={`/modules/${id}`} title={id}>
    {name || shortened(id, 8, 4)}
  </a>
);

export const Empty = ({ children }: Inside) => <p class="empty">{children}</p>;

/** An amount in a column of DMC: always six decimals, so that the points stand below each other. */
export const Amount = ({ udmc }: { readonly udmc: string | bigint }) => <>{dmcFixed(udmc)}</>;
