/** What every error of this package has. */
export interface ErrorOptionsWithRetry extends ErrorOptions {
  /** True where doing the same again later may succeed. */
  readonly retryable?: boolean;
}

/** Base of every error that this package throws on purpose. */
export abstract class BaseError extends Error {
  readonly retryable: boolean;

  constructor(message: string, { retryable = false, ...options }: ErrorOptionsWithRetry = {}) {
    super(message, options);
    this.name = new.target.name;
    this.retryable = retryable;
  }
}
