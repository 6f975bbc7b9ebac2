// Try it: asks the learner's own work, as it stands in the editor. Loaded when it is first wanted.

import { answerOf, summaryOf } from "./answers";
import { Refused } from "./api";
import { meta, need } from "./dom";
import { questionOf, type Asked } from "./questions";
import { same, type Texts } from "./texts";
import { Over, Tryout, type Answer, type Waits } from "./tryout";

const MOST_SHOWN = 50;
const WAITS: Readonly<Record<Waits, string>> = {
  waiting: "Waiting for a sandbox: submissions go first.",
  away: "The grader is not running right now. This goes on when it is back.",
  open: "Waiting for the answer.",
};
const ANEW = "Your code has changed, so it was started anew.";
const STOPPED = "Stopped.";
const BROKEN = "Something went wrong on this page. Try again.";

export class TryIt {
  readonly #form: HTMLFormElement;
  readonly #state: HTMLElement;
  readonly #answers: HTMLElement;
  readonly #stop: HTMLButtonElement;
  #tryout: Tryout | null = null;
  #files: Texts = {};
  #news = "";
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: () => Texts,
  ) {
    this.#form = need("form[data-slot=ask]", HTMLFormElement, root);
    this.#state = need("[data-slot=trying]", HTMLElement, root);
    this.#answers = need("[data-slot=answers]", HTMLElement, root);
    this.#stop = need("[data-action=stop]", HTMLButtonElement, root);
    this.#listen();
    this.#form.inert = false;
  }

  #listen(): void {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(null);
    });
    for (const button of this.#form.querySelectorAll<HTMLElement>("[data-action]")) {
      button.addEventListener("click", () => this.#ask(button.dataset.action ?? null));
    }
    this.#stop.addEventListener("click", () => {
      this.#end();
      this.#form.querySelector<HTMLElement>("[type=submit]")?.focus();
      this.#say(STOPPED);
    });
    addEventListener("pagehide", () => this.#end());
  }

  /** The question is what stands in the form now; it is put when those before it have their answers. */
  #ask(action: string | null): void {
    try {
      const asked = questionOf(this.root.dataset.kind ?? "", this.#form, action, this.texts());
      this.#turn = this.#turn.then(() => this.#settle(asked));
    } catch (error) {
      this.#excuse(error);
    }
  }

  /** Never rejected: the next question waits for this. */
  async #settle(asked: Asked): Promise<void> {
    this.root.setAttribute("aria-busy", "true");
    try {
      await this.#put(asked);
    } catch (error) {
      this.#excuse(error);
    }
    this.root.removeAttribute("aria-busy");
  }

  #excuse(error: unknown): void {
    const isExpected = error instanceof Refused || error instanceof Over;
    if (error instanceof Over) this.#forget();
    this.#say(isExpected ? error.message : BROKEN);
    if (!isExpected) reportError(error);
  }

  async #put(asked: Asked): Promise<void> {
    const tryout = await this.#current();
    try {
      this.#show(asked, await this.#heard(tryout, asked));
    } catch (error) {
      if (!(error instanceof Over) || error.message !== "" || tryout.isClosed) throw error;
      this.#forget(); // It ended while nobody asked, which costs no more than a start.
      this.#show(asked, await this.#heard(await this.#current(), asked));
    }
  }

  #heard(tryout: Tryout, asked: Asked): Promise<Answer> {
    return tryout.ask(asked.question, (state) => this.#say(WAITS[state]));
  }

  /** What is at work has the files as they are now; else it begins anew. Statements come with the question. */
  async #current(): Promise<Tryout> {
    const files = this.texts();
    const fits = this.root.dataset.kind === "sql" || same(files, this.#files);
    if (this.#tryout && fits) return this.#tryout;
    this.#news = this.#tryout ? ANEW : "";
    this.#tryout = await Tryout.start(this.root.dataset.startUrl ?? "", files, meta("csrf-token"));
    this.#files = files;
    this.#stop.hidden = false;
    return this.#tryout;
  }

  #show(asked: Asked, answer: Answer): void {
    this.#answers.prepend(answerOf(asked.words, answer));
    while (this.#answers.children.length > MOST_SHOWN) this.#answers.lastElementChild?.remove();
    if (answer.schema) this.#answers.replaceChildren(...[...this.#answers.children].slice(0, 1));
    this.#say(`${this.#news} ${summaryOf(answer)}`.trim());
    this.#news = "";
  }

  #end(): void {
    this.#tryout?.close();
    this.#forget();
  }

  #forget(): void {
    this.#tryout = null;
    this.#stop.hidden = true;
  }

  #say(sentence: string): void {
    this.#state.textContent = sentence;
  }
}
