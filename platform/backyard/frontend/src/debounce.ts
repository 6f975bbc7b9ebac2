// Does something a little after the last call, and not much later while the calls go on.

export class Debounce {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #first = 0;

  /** @param wait milliseconds after the last call; @param most milliseconds after the first one */
  constructor(
    private readonly act: () => void,
    private readonly wait: number,
    private readonly most: number,
  ) {}

  /** Whether something is still to be done. */
  get waits(): boolean {
    return this.#timer !== undefined;
  }

  call(wait = this.wait): void {
    const now = Date.now();
    if (!this.waits) this.#first = now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), Math.max(0, Math.min(wait, this.#first + this.most - now)));
  }

  /** Do it now. */
  now(): void {
    this.stop();
    this.act();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
