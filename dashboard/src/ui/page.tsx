import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Asked } from '../api/use-answer.js';

let firstView = true;

/** The frame of a page: its heading, which takes the focus when one comes from another page and types nothing meanwhile, and its title. */
export function Page({
  title,
  lead,
  children,
  hideTitle = false,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly hideTitle?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = hideTitle ? 'dmcn' : `${title} \u00b7 dmcn`;
  }, [title, hideTitle]);
  useEffect(() => {
    const typing = document.activeElement?.matches('input, textarea, select');
    if (!firstView && !typing) heading.current?.focus({ preventScroll: true });
    firstView = false;
  }, []);
  return (
    <div class="page">
      <header class={hideTitle ? 'hidden' : 'title'}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div class="lead">{lead}</div>}
      </header>
      {children}
    </div>
  );
}

/** Shows an answer once it is there, and until then, or instead, what is the matter. */
export function Shown<T>({
  asked,
  title,
  children,
}: {
  readonly asked: Asked<T>;
  readonly title: string;
  readonly children: (data: T, height: number) => ComponentChildren;
}) {
  if (asked.state === 'ready') return <>{children(asked.data, asked.standing.height)}</>;
  if (asked.state === 'loading') {
    return (
      <div class="page waiting" aria-busy="true">
        <h1 class="hidden">{title}</h1>
        <p class="hidden">It is being loaded.</p>
      </div>
    );
  }
  return (
    <Page title={title}>
      <div class="notice" role="alert">
        <p>{asked.error.message}</p>
      </div>
    </Page>
  );
}

/** Says that what an address names is not there. */
export const Missing = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <Page title={title}>
    <p class="notice">{children}</p>
  </Page>
);
