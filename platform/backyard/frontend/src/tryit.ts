// Try it: asks the learner's own work, as it stands in the editor. Loaded when it is first wanted.

import { answerOf } from "./answers";
import { Refused } from "./api";
import { meta, need } from "./dom";
import { questionOf, type Asked } from "./questions";
import { same, type Texts } from "./texts";
import { Over, Tryout } from "./tryout";

const MOST_SHOWN = 50;
const WAITING = "Waiting for a sandbox…";
const STARTED = "Your code was started.";
const ANEW = "Your code has changed, so it was started anew.";

export class TryIt {
  readonly #form: HTMLFormElement;
  readonly #state: HTMLElement;
  readonly #answers: HTMLElement;
  #tryout: Tryout | null = null;
  #files: Texts = {};
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: () => Texts,
  ) {
    this.#form = need("form[data-slot=ask]", HTMLFormElement, root);
    this.#state = need("[data-slot=trying]", HTMLElement, root);
    this.#answers = need("[data-slot=answers]", HTMLElement, root);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(null);
    });
    for (const button of this.#form.querySelectorAll<HTMLElement>("[data-action]")) {
      button.addEventListener("click", () => this.#ask(button.dataset.action ?? null));
    }
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

  async #settle(asked: Asked): Promise<void> {
    this.root.setAttribute("aria-busy", "true");
    try {
      await this.#put(asked);
    } catch (error) {
      this.#excuse(error);
    } finally {
      this.root.removeAttribute("aria-busy");
    }
  }

  #excuse(error: unknown): void {
    if (!(error instanceof Refused) && !(error instanceof Over)) throw error;
    if (error instanceof Over) this.#tryout = null;
    this.#say(error.message);
  }

  async #put(asked: Asked): Promise<void> {
    const tryout = await this.#current();
    try {
      this.#show(asked, await this.#heard(tryout, asked));
    } catch (error) {
      if (!(error instanceof Over) || error.message !== "") throw error;
      this.#tryout = null; // It ended while nobody asked, which costs no more than a start.
      this.#show(asked, await this.#heard(await this.#current(), asked));
    }
  }

  #heard(tryout: Tryout, asked: Asked): ReturnType<Tryout["ask"]> {
    return tryout.ask(asked.question, (state) => {
      if (state === "waiting") this.#say(WAITING);
    });
  }

  /** What is at work has the files as they are now; else it begins anew. */
  async #current(): Promise<Tryout> {
    const files = this.texts();
    if (this.#tryout && same(files, this.#files)) return this.#tryout;
    const said = this.#tryout ? ANEW : STARTED;
    this.#tryout = await Tryout.start(this.root.dataset.startUrl ?? "", files, meta("csrf-token"));
    this.#files = files;
    this.#say(said);
    return this.#tryout;
  }

  #show(asked: Asked, answer: Parameters<typeof answerOf>[1]): void {
    if (this.#state.textContent === WAITING) this.#say(STARTED);
    this.#answers.prepend(answerOf(asked.words, answer));
    while (this.#answers.children.length > MOST_SHOWN) this.#answers.lastElementChild?.remove();
    if (answer.schema) this.#answers.replaceChildren(...[...this.#answers.children].slice(0, 1));
  }

  #say(sentence: string): void {
    this.#state.textContent = sentence;
  }
}
