/** Notices when nothing is heard for a while. */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silent = false;

  constructor(
    private readonly ms: number,
    private readonly onSilent: () => void,
    private readonly onHeard: () => void,
  ) {}

  /** Something was heard. The first time counts as the start. */
  heard(): void {
    this.end();
    this.timer = setTimeout(() => {
      this.silent = true;
      this.onSilent();
    }, this.ms);
    if (this.silent) {
      this.silent = false;
      this.onHeard();
    }
  }

  /** Whether nothing was heard for that long. */
  get lasts(): boolean {
    return this.silent;
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
