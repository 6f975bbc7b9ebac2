// The word on a page that nobody grades: it goes when somebody does again, and comes, without a reload.

import { serverHtml } from "./dom";

/** Milliseconds between two questions while the word stands there. Nothing is asked steadily while it does not. */
const PAUSE = 10_000;

export class GraderNotice {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = Date.now();
  #asks = false;

  constructor(private readonly root: HTMLElement) {}

  /** Ask again while the word stands there, and when somebody comes back to the page. */
  follow(): void {
    document.addEventListener("visibilitychange", () => {
      if (Date.now() - this.#askedAt >= PAUSE) this.#askIfSeen();
      else this.#wait();
    });
    this.#wait();
  }

  /** A submission's events tell whether the grader is away; ask for the words, or for their end, where that is news. */
  hear(isAway: boolean): void {
    if (isAway !== this.#isShown) void this.#ask();
  }

  get #isShown(): boolean {
    return this.root.childElementCount > 0;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#isShown) this.#timer = setTimeout(() => this.#askIfSeen(), PAUSE);
  }

  #askIfSeen(): void {
    if (document.visibilityState === "visible") void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#asks) return;
    this.#asks = true;
    this.#askedAt = Date.now();
    const words = await load(this.root.dataset.url ?? "").catch(() => null);
    this.#asks = false;
    if (words !== null) this.#show(serverHtml(words));
    this.#wait();
  }

  /** The same words again would be read out again. */
  #show(words: DocumentFragment): void {
    if (words.textContent?.trim() !== this.root.textContent.trim()) this.root.replaceChildren(words);
  }
}

/** The words as the server says them now, or null where it can't. */
async function load(url: string): Promise<string | null> {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  return answer.ok && !answer.redirected ? answer.text() : null;
}

let notice: GraderNotice | null = null;

/** The page's one notice, or null where the grader does not matter. */
export function graderNotice(): GraderNotice | null {
  const root = document.querySelector<HTMLElement>(".grader-away");
  if (root && !notice) notice = new GraderNotice(root);
  return notice;
}
