import { encodePermit, termsBytes, type UploadSigner } from './permit.js';

/** Seconds that a permit of this client holds. */
const PERMIT_SECONDS = 3_600;

/** The Authorization header that allows a store to take a blob on the signer's account. */
export async function issuePermit(
  signer: UploadSigner,
  locator: string,
  hash: string,
  size: number,
): Promise<string> {
  const expires = Math.floor(Date.now() / 1_000) + PERMIT_SECONDS;
  const terms = { origin: new URL(locator).origin, hash, size, expires };
  return encodePermit({ ...terms, ...(await signer.sign(termsBytes(terms))) });
}
