import type { Report } from './report.js';

/** How to measure. */
export interface BenchOptions {
  /** Fewer rounds: it ends within ten minutes. */
  readonly quick: boolean;
  /** Write the page in docs/ that shows the figures, where the bench has one. */
  readonly page?: boolean;
  /** Told what goes on, for people. */
  readonly progress: (line: string) => void;
}

/** One bench. It rejects only where it cannot measure. */
export interface Bench {
  readonly about: string;
  readonly run: (options: BenchOptions) => Promise<Report>;
}
