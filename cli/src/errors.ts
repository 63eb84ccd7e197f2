/** The command was used wrongly; the message says how to use it. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What to print for an error: one line, and the reasons below it that add something. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts = [error.message];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause.message && !parts.some((part) => part.includes(cause.message))) parts.push(cause.message);
  }
  return parts.join(': ');
}
