/** When blobs may go. */
export interface RetentionPolicy {
  /** Milliseconds that a blob is kept after it was last uploaded, whoever needs it. */
  readonly ttlMs: number;
  /** Blocks that a job's blobs are kept after it is final. */
  readonly marginBlocks: number;
  /** Milliseconds: nothing goes while the newest block that is known is older. */
  readonly freshMs: number;
}

/** What a live job refers to. Hashes are hexadecimal. */
export interface JobHold {
  /** Account whose blobs are all kept as long as an index of the job is not known. */
  readonly account?: string;
  /** Blobs that list further ones: 32-byte hashes one after the other. */
  readonly indexes?: readonly string[];
  readonly blobs?: readonly string[];
}

/** An account's interest in a blob. A blob goes with its last claim. */
export interface Claim {
  readonly hash: string;
  readonly account: string;
}

/** An index of a job that nobody has read yet. */
export interface UnreadIndex {
  readonly jobId: string;
  readonly index: string;
}

interface Blob {
  readonly size: number;
  /** When each account last uploaded it, Unix milliseconds. */
  readonly claims: Map<string, number>;
}

interface LiveJob {
  account: string | undefined;
  /** Indexes that nobody has read yet. */
  readonly unread: Set<string>;
  readonly blobs: Set<string>;
  finalHeight: number | undefined;
}

/** Who has which blobs, which jobs need them, and what may go. Pure: time and height are told. */
export class Retention {
  readonly #blobs = new Map<string, Blob>();
  readonly #bytes = new Map<string, number>();
  readonly #jobs = new Map<string, LiveJob>();
  /** Number of live jobs that hold a blob. */
  readonly #holds = new Map<string, number>();
  #height = -1;
  #headMs = Number.NEGATIVE_INFINITY;

  constructor(readonly policy: RetentionPolicy) {}

  /** An account uploaded a blob, again or for the first time. */
  claim(hash: string, size: number, account: string, atMs: number): void {
    const blob = this.#blobs.get(hash) ?? { size, claims: new Map<string, number>() };
    this.#blobs.set(hash, blob);
    if (!blob.claims.has(account)) this.#charge(account, blob.size);
    blob.claims.set(account, Math.max(atMs, blob.claims.get(account) ?? atMs));
  }

  /** An account's claim is gone. True where the blob has none left. */
  drop({ hash, account }: Claim): boolean {
    const blob = this.#blobs.get(hash);
    if (blob?.claims.delete(account)) this.#charge(account, -blob.size);
    if (blob && blob.claims.size > 0) return false;
    this.#blobs.delete(hash);
    return true;
  }

  hasClaim({ hash, account }: Claim): boolean {
    return this.#blobs.get(hash)?.claims.has(account) ?? false;
  }

  /** Bytes that an account has here. The same blob counts for everybody who uploaded it. */
  bytesOf(account: string): number {
    return this.#bytes.get(account) ?? 0;
  }

  /** A job needs these blobs until it is final, and a margin longer. Adds to what it holds already. */
  hold(jobId: string, { account, indexes = [], blobs = [] }: JobHold): void {
    const job = this.#jobs.get(jobId) ?? {
      account: undefined,
      unread: new Set<string>(),
      blobs: new Set<string>(),
      finalHeight: undefined,
    };
    this.#jobs.set(jobId, job);
    job.account ??= account;
    for (const index of indexes) if (!job.blobs.has(index)) job.unread.add(index);
    for (const hash of [...indexes, ...blobs]) this.#holdBlob(job, hash);
  }

  /** Indexes that are to be read, of one job or of all. */
  unreadIndexes(of?: string): UnreadIndex[] {
    const jobs = of === undefined ? [...this.#jobs] : [[of, this.#jobs.get(of)] as const];
    return jobs.flatMap(([jobId, job]) => [...(job?.unread ?? [])].map((index) => ({ jobId, index })));
  }

  /** An index was read: its blobs are held from now on, instead of all that the job's account has. */
  expand(jobId: string, index: string, blobs: readonly string[]): void {
    const job = this.#jobs.get(jobId);
    if (!job?.unread.delete(index)) return;
    for (const hash of blobs) this.#holdBlob(job, hash);
  }

  /** A job became final at a height. */
  release(jobId: string, height: number): void {
    const job = this.#jobs.get(jobId);
    if (job) job.finalHeight = Math.min(height, job.finalHeight ?? height);
  }

  /** Everything up to a block of that time is known. Returns the jobs whose margin is over; they hold nothing more. */
  advance(height: number, timeMs: number): string[] {
    this.#height = Math.max(this.#height, height);
    this.#headMs = Math.max(this.#headMs, timeMs);
    const over: string[] = [];
    for (const [jobId, job] of this.#jobs) {
      if (job.finalHeight === undefined || this.#height < job.finalHeight + this.policy.marginBlocks)
        continue;
      over.push(jobId);
      this.#jobs.delete(jobId);
      for (const hash of job.blobs) this.#unholdBlob(hash);
    }
    return over;
  }

  /** Whether a job is known and not final, as far as is known. */
  isOpen(jobId: string): boolean {
    const job = this.#jobs.get(jobId);
    return job !== undefined && job.finalHeight === undefined;
  }

  /** Jobs that hold something and are not final, as far as is known. */
  openJobs(): string[] {
    return [...this.#jobs].flatMap(([jobId, { finalHeight }]) => (finalHeight === undefined ? [jobId] : []));
  }

  /** Claims that may go now: old enough and of no use to a live job. None while the chain is not followed closely. */
  due(nowMs: number): Claim[] {
    const keepAll = this.#accountsKept();
    return [...this.#blobs].flatMap(([hash, { claims }]) =>
      [...claims.keys()]
        .map((account) => ({ hash, account }))
        .filter((claim) => this.#isDue(claim, nowMs, keepAll)),
    );
  }

  /** Whether a claim may still go. */
  isDue(claim: Claim, nowMs: number): boolean {
    return this.#isDue(claim, nowMs, this.#accountsKept());
  }

  #isDue({ hash, account }: Claim, nowMs: number, keepAll: ReadonlySet<string>): boolean {
    if (nowMs - this.#headMs > this.policy.freshMs) return false;
    const atMs = this.#blobs.get(hash)?.claims.get(account);
    if (atMs === undefined || nowMs - atMs <= this.policy.ttlMs) return false;
    return !this.#holds.has(hash) && !keepAll.has(account);
  }

  /** Accounts with a live job of which it is not known what it needs. */
  #accountsKept(): Set<string> {
    const kept = new Set<string>();
    for (const { account, unread } of this.#jobs.values()) {
      if (account !== undefined && unread.size > 0) kept.add(account);
    }
    return kept;
  }

  #holdBlob(job: LiveJob, hash: string): void {
    if (job.blobs.has(hash)) return;
    job.blobs.add(hash);
    this.#holds.set(hash, (this.#holds.get(hash) ?? 0) + 1);
  }

  #unholdBlob(hash: string): void {
    const left = (this.#holds.get(hash) ?? 0) - 1;
    if (left > 0) this.#holds.set(hash, left);
    else this.#holds.delete(hash);
  }

  #charge(account: string, bytes: number): void {
    const now = this.bytesOf(account) + bytes;
    if (now > 0) this.#bytes.set(account, now);
    else this.#bytes.delete(account);
  }
}
