import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { usePulse } from '../api/use-answer.js';
import { whole } from '../format/numbers.js';
import { SearchField } from './search-field.js';
import { chooseTheme, onTheme, themeShown } from './theme.js';

export const PLACES = [
  ['/', 'Overview'],
  ['/jobs', 'Jobs'],
  ['/workers', 'Workers'],
  ['/market', 'Market'],
  ['/disputes', 'Disputes'],
  ['/modules', 'Modules'],
  ['/validators', 'Validators'],
] as const;

function ThemeButton() {
  const [theme, setTheme] = useState(themeShown);
  useEffect(() => onTheme(() => setTheme(themeShown())), []);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="theme"
      onClick={() => chooseTheme(other)}
      aria-label={`Change to ${other} colours`}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />
      </svg>
    </button>
  );
}

/** The chain's newest height, or that the API is silent. */
function Height() {
  const { beat, lost } = usePulse();
  const silent = lost || (beat !== undefined && beat.lag > 5);
  return (
    <p class={silent ? 'height lost' : 'height'} title={beat?.chainId}>
      <i key={beat?.height} aria-hidden="true" />
      <span class="hidden">{lost ? 'The API does not answer; last known block ' : 'Block '}</span>
      <span class="digits">{beat ? whole(beat.height) : '\u2007'}</span>
    </p>
  );
}

export function Header() {
  const { path } = useLocation();
  const places = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = places.current?.querySelector<HTMLElement>('[aria-current]');
    if (here && places.current) places.current.scrollLeft = here.offsetLeft - here.offsetWidth;
  }, [path]);
  const current = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <header class="masthead">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <a class="brand" href="/" aria-label="dmcn, overview">
        <svg viewBox="0 0 29 29" width="20" height="20" aria-hidden="true">
          {[0.28, 0.55, 1, 0.55, 1, 1, 1, 1, 1].map((opacity, i) => (
            <rect
              key={i}
              x={(i % 3) * 10}
              y={Math.floor(i / 3) * 10}
              width="8"
              height="8"
              opacity={opacity}
            />
          ))}
        </svg>
        dmcn
      </a>
      <nav ref={places} aria-label="Pages">
        {PLACES.map(([to, name]) => (
          <a key={to} href={to} aria-current={current(to) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <SearchField />
      <Height />
      <ThemeButton />
    </header>
  );
}
