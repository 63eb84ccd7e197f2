import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { find } from '../api/search.js';
import { shortened, words } from '../format/text.js';
import { type Hit, likelyFirst, pathOf, pathOfBest, targetOf, wantedOf } from '../model/search.js';

const PAUSE_MS = 120;

/** What a text may name, asked once nobody types any more. */
function useHits(text: string): readonly Hit[] {
  const [found, setFound] = useState<{ readonly of: string; readonly hits: readonly Hit[] }>();
  const wanted = targetOf(text) === undefined ? wantedOf(text) : '';
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    const timer = window.setTimeout(async () => {
      const hits = await find(wanted, abort.signal).catch(() => []);
      if (!abort.signal.aborted) setFound({ of: wanted, hits: likelyFirst(hits) });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);
  return wanted && found?.of === wanted ? found.hits : [];
}

/** Puts the focus into the field by the key "/", wherever nobody types. */
function useSlash(focus: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Goes to what is typed, and suggests what else it may be: by arrow keys, or by pointing. */
export function SearchField() {
  const { route } = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const hits = useHits(text);
  const shown = open && hits.length > 0;
  useSlash(() => field.current?.focus());
  const go = (path: string) => {
    setText('');
    setOpen(false);
    field.current?.blur();
    route(path);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    const hit = shown ? hits[chosen] : undefined;
    if (hit) go(pathOf(hit));
    else if (wanted)
      go(
        targetOf(wanted) ??
          (hits.length > 0 ? pathOfBest(wanted, hits) : undefined) ??
          `/search?${new URLSearchParams({ q: wanted })}`,
      );
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') setOpen(false);
    if (step === undefined || hits.length === 0) return;
    event.preventDefault();
    setOpen(true);
    setChosen((before) => ((before + step + 1 + hits.length + 1) % (hits.length + 1)) - 1);
  };
  return (
    <search>
      <form onSubmit={submit}>
        <input
          ref={field}
          type="text"
          inputMode="search"
          enterkeyhint="search"
          name="q"
          value={text}
          placeholder="Job, address, block, module"
          aria-label="Search for a job, address, block, dispute or module"
          autocomplete="off"
          spellcheck={false}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls="suggestions"
          aria-activedescendant={shown && chosen >= 0 ? `suggestion-${chosen}` : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setChosen(-1);
          }}
          onKeyDown={onKey}
          onBlur={() => setOpen(false)}
        />
        <kbd>/</kbd>
        <div id="suggestions" role="listbox" aria-label="What it may be" hidden={!shown}>
          {hits.map((hit, i) => (
            <div
              key={`${hit.kind} ${hit.id}`}
              id={`suggestion-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                go(pathOf(hit));
              }}
            >
              {words(hit.kind)} <span class="mono">{shortened(hit.id, 12, 6)}</span>
            </div>
          ))}
        </div>
      </form>
    </search>
  );
}
