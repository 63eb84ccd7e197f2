import {
  BlobCorruptError,
  BlobMissingError,
  BlobStoreFullError,
  BlobTooLargeError,
  BlobUnreachableError,
} from '../errors.js';

/** A locator without a slash at its end. Throws TypeError for one that is no http(s) URL. */
export function baseUrl(locator: string): string {
  const url = URL.canParse(locator) ? new URL(locator) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(`"${locator}" is not the http(s) address of a blob store, such as http://host:4001`);
  }
  return locator.replace(/\/+$/, '');
}

/** Of the failures at several locators the one that decides what the caller should do. */
export function mostTelling(failures: readonly unknown[], locators: readonly string[]): unknown {
  for (const kind of [BlobUnreachableError, BlobStoreFullError, BlobCorruptError, BlobTooLargeError]) {
    const found = failures.find((failure) => failure instanceof kind);
    if (found !== undefined) return found;
  }
  const other = failures.find((failure) => !(failure instanceof BlobMissingError));
  if (other !== undefined) return other;
  const [missing] = failures;
  return missing instanceof BlobMissingError
    ? new BlobMissingError(missing.hash, locators.join(', '), { cause: missing })
    : missing;
}
