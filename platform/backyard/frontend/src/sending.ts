// Sends what stands in the editor: the button beside it, and what is wrong.

import { Refused, submit, type Submitted } from "./api";
import { make, meta, need } from "./dom";
import type { Texts } from "./texts";

export class Sending {
  readonly #button: HTMLButtonElement;
  readonly #label: string;
  readonly #error = make("p", { class: "submit-error", role: "alert", hidden: "" });

  /** @param accepted hears which texts the server has taken, and where to follow them */
  constructor(
    private readonly root: HTMLElement,
    private readonly texts: () => Texts,
    private readonly accepted: (files: Texts, submitted: Submitted) => void,
  ) {
    this.#button = need("[data-action=submit]", HTMLButtonElement, root);
    this.#label = this.#button.textContent;
    this.#button.parentElement?.append(this.#error);
    need("form", HTMLFormElement, root).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
  }

  async send(): Promise<void> {
    if (this.#button.disabled || this.#button.ariaDisabled === "true") return;
    const files = this.texts();
    this.#busy(true);
    try {
      const url = this.root.dataset.submitUrl ?? "";
      this.accepted(files, await submit(url, new Map(Object.entries(files)), meta("csrf-token")));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#complain(error.message);
    } finally {
      this.#busy(false);
    }
  }

  /** Not `disabled`, which would take the keyboard's focus away. */
  #busy(busy: boolean): void {
    this.#button.ariaDisabled = String(busy);
    this.#button.textContent = busy ? "Sending…" : this.#label;
    if (busy) this.#complain("");
  }

  #complain(sentence: string): void {
    this.#error.textContent = sentence;
    this.#error.hidden = sentence === "";
  }
}
