import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UploadRefusedError } from '../errors.js';
import { hashBlob, hashToHex } from '../hash.js';
import { testAuthority, testSigner } from '../testing/authority.js';
import { AuthorityUnavailableError, accountOf, MAX_PERMIT_SECONDS, type UploadRequest } from './admit.js';
import { issuePermit } from './issue.js';
import { decodePermit, encodePermit, termsBytes, type UploadTerms } from './permit.js';

const HERE = 'http://here:4001';
const hash = hashToHex(hashBlob(Uint8Array.of(1)));
const other = hashToHex(hashBlob(Uint8Array.of(2)));
const authority = testAuthority(1_000);
const now = 1_800_000_000;

const judge = (request: Partial<UploadRequest>, by = authority, atMs = now * 1_000) =>
  accountOf({ hash, size: 7, authorization: undefined, ...request }, new Set([HERE]), by, atMs);

async function permit(terms: Partial<UploadTerms> = {}, account = 'alice'): Promise<string> {
  const all = { origin: HERE, hash, size: 7, expires: now + 60, ...terms };
  return encodePermit({ ...all, ...(await testSigner(account).sign(termsBytes(all))) });
}

const refusal = (reason: string, says: RegExp) => (error: unknown) =>
  error instanceof UploadRefusedError && error.reason === reason && says.test(error.detail);

it('lets the account that signed these very terms', async () => {
  const authorization = await permit();
  expect(await judge({ authorization })).toEqual({ account: 'alice', size: 7, allowance: 1_000 });
  expect(await judge({ authorization, size: undefined })).toMatchObject({ size: 7 });
});

it('issues what is accepted at the store it is for, whatever the path of the locator', async () => {
  const authorization = await issuePermit(testSigner('alice'), `${HERE}/some/path`, hash, 7);
  expect(await judge({ authorization }, authority, Date.now())).toMatchObject({ account: 'alice' });
});

it('refuses what is unsigned, or no permit', async () => {
  await expect(judge({})).rejects.toSatisfy(refusal('unsigned', /signed by an account/));
  const json = (value: unknown) => `DMCN-Upload ${btoa(JSON.stringify(value))}`;
  for (const authorization of [
    '',
    'Bearer x',
    'DMCN-Upload',
    'DMCN-Upload ###',
    `DMCN-Upload ${'A'.repeat(5_000)}`,
    ...[json(null), json([]), json({}), json({ hash }), json({ ...decodePermit(await permit()), size: '7' })],
  ]) {
    await expect(judge({ authorization })).rejects.toSatisfy(refusal('permit', /no upload permit/));
  }
});

it('refuses a permit for another blob, size, store or time', async () => {
  const cases: [Partial<UploadTerms>, RegExp][] = [
    [{ hash: other }, new RegExp(`for blob ${other}`)],
    [{ size: 8 }, /for 8 bytes, not 7/],
    [{ origin: 'http://there:4001' }, /for the store at http:\/\/there:4001, this one is http:\/\/here:4001/],
    [{ expires: now }, /has expired/],
    [{ expires: now + MAX_PERMIT_SECONDS + 1 }, /more than 7200 s ahead/],
  ];
  for (const [terms, says] of cases) {
    await expect(judge({ authorization: await permit(terms) })).rejects.toSatisfy(refusal('permit', says));
  }
});

it('refuses a permit of which anything was changed', async () => {
  const [, token = ''] = (await permit()).split(' ');
  const sealed = JSON.parse(atob(token));
  const changes = [
    { account: 'bob' },
    { expires: now + 61 },
    { signature: '00' },
    { signature: sealed.signature.replace(/^../, (byte: string) => (byte === '00' ? '01' : '00')) },
  ];
  for (const change of changes) {
    const authorization = `DMCN-Upload ${btoa(JSON.stringify({ ...sealed, ...change }))}`;
    await expect(judge({ authorization })).rejects.toSatisfy(refusal('permit', /not signed by/));
  }
});

it('refuses an account that nothing stands behind, and says so where that cannot be known', async () => {
  const authorization = await permit({}, 'nobody1');
  await expect(judge({ authorization })).rejects.toSatisfy(
    refusal('account', /nobody1 may keep nothing here/),
  );
  const silent = { ...authority, allowance: () => Promise.reject(new Error('no chain')) };
  await expect(judge({ authorization }, silent)).rejects.toBeInstanceOf(AuthorityUnavailableError);
});

it('never has two terms with the same bytes', () => {
  const terms = fc.record({
    origin: fc.constantFrom(HERE, `${HERE}1`, 'https://here:4001'),
    hash: fc.constantFrom(hash, other),
    size: fc.nat(),
    expires: fc.nat(),
  });
  fc.assert(
    fc.property(terms, terms, (one, two) => {
      const same = JSON.stringify(one) === JSON.stringify(two);
      expect(new TextDecoder().decode(termsBytes(one)) === new TextDecoder().decode(termsBytes(two))).toBe(
        same,
      );
    }),
  );
});
