export type Theme = 'dark' | 'light';

/** The theme that is shown: chosen, or the system's. */
export function themeShown(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Chooses a theme for this browser, and tells whoever draws with its colours. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage is barred: it holds until the page is left.
  }
  window.dispatchEvent(new Event('theme'));
}

/** Calls `listener` whenever another theme is shown; returns what ends that. */
export function onTheme(listener: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  window.addEventListener('theme', listener);
  return () => {
    system.removeEventListener('change', listener);
    window.removeEventListener('theme', listener);
  };
}
