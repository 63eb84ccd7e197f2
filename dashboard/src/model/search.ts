const MAX_ID = 2n ** 64n - 1n;

const isId = (text: string): boolean => BigInt(text) <= MAX_ID;

/**
 * Where a search leads: a job's id (12, #12, "job 12"), a batch (12/3), a dispute ("dispute 4"), a module's hash, an
 * address of an account. Undefined for anything else.
 */
export function targetOf(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  const job = /^(?:job\s*)?#?(\d{1,20})(?:\/(\d{1,7}))?$/.exec(wanted);
  if (job?.[1] !== undefined) {
    const batch = job[2] === undefined ? '' : `?batch=${Number(job[2])}`;
    return isId(job[1]) ? `/jobs/${BigInt(job[1])}${batch}` : undefined;
  }
  const dispute = /^dispute\s*#?(\d{1,20})$/.exec(wanted);
  if (dispute?.[1] !== undefined) return isId(dispute[1]) ? `/disputes/${BigInt(dispute[1])}` : undefined;
  const hash = /^(?:0x)?([0-9a-f]{64})$/.exec(wanted);
  if (hash?.[1] !== undefined) return `/modules/${hash[1]}`;
  return /^dmcn1[02-9ac-hj-np-z]{38}$/.test(wanted) ? `/accounts/${wanted}` : undefined;
}
