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
  #busy = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: () => Texts,
  ) {
    this.#form = need("form[data-slot=ask]", HTMLFormElement, root);
    this.#state = need("[data-slot=trying]", HTMLElement, root);
    this.#answers = need("[data-slot=answers]", HTMLElement, root);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(null);
    });
    for (const button of this.#form.querySelectorAll<HTMLElement>("[data-action]")) {
      button.addEventListener("click", () => void this.#ask(button.dataset.action ?? null));
    }
  }

  /** One at a time: the next is put when there is an answer. */
  async #ask(action: string | null): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.root.setAttribute("aria-busy", "true");
    try {
      const asked = questionOf(this.root.dataset.kind ?? "", this.#form, action, this.texts());
      await this.#put(asked);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Over)) throw error;
      if (error instanceof Over) this.#tryout = null;
      this.#say(error.message);
    } finally {
      this.#busy = false;
      this.root.removeAttribute("aria-busy");
    }
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
