// How long somebody has waited for a result, once that is more than a moment.

const MOMENT = 5_000;
const SECOND = 1_000;

/** Counts in `slot`, which is read out by nobody: what happens is told elsewhere, once. */
export class Elapsed {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly slot: HTMLElement | null) {}

  /** Count from so many seconds, which the server has counted: clocks may differ by hours. */
  from(waited: number): void {
    this.stop();
    const start = Date.now() - waited * SECOND;
    this.#timer = setInterval(() => this.#show(Date.now() - start), SECOND);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.slot) this.slot.textContent = "";
  }

  #show(waited: number): void {
    if (this.slot && waited >= MOMENT) this.slot.textContent = `${inWords(Math.floor(waited / SECOND))} so far.`;
  }
}

/** `7 s`, `2 min 5 s`, `1 h 3 min`. */
export function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
