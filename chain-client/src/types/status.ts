/** What an endpoint says about itself and its chain. */
export interface ChainStatus {
  readonly chainId: string;
  /** Newest committed height. */
  readonly height: number;
  /** Time of the newest block. */
  readonly time: Date;
  /** Oldest height that the endpoint still has. */
  readonly earliestHeight: number;
  /** True while the endpoint is behind and its answers are old. */
  readonly catchingUp: boolean;
  /** The endpoint that answered. */
  readonly endpoint: string;
}
