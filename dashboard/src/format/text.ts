/** An address or hash that fits: its beginning and its end. */
export function shortened(text: string, head = 10, tail = 5): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}\u2026${text.slice(-tail)}`;
}

/** Between two moments: 4 s, 3 min, 2 h, 5 d. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1_000);
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** A state or cause for people: AuditWait is "audit wait", missed_offer is "missed offer". */
export function words(name: string): string {
  return name
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** How many of what: 1 unit, 2 units. */
export const count = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);
