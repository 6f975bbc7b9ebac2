// Sends what stands in the editor: the buttons beside it, and what is wrong.

import { Refused, submit, type Submitted } from "./api";
import { make, meta, need } from "./dom";
import type { Kind } from "./result";
import type { Texts } from "./texts";

export class Sending {
  readonly #buttons: ReadonlyMap<Kind, HTMLButtonElement>;
  readonly #error = make("p", { class: "submit-error", role: "alert", hidden: "" });
  #busy = false;

  /** @param accepted hears which texts the server has taken, what for, and where to follow them */
  constructor(
    private readonly root: HTMLElement,
    private readonly texts: () => Texts,
    private readonly accepted: (kind: Kind, files: Texts, submitted: Submitted) => void,
  ) {
    const found = [...root.querySelectorAll<HTMLButtonElement>("[data-action=submit], [data-action=run]")];
    this.#buttons = new Map(found.map((button) => [button.dataset.action as Kind, button]));
    found.at(-1)?.parentElement?.append(this.#error);
    need("form", HTMLFormElement, root).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send(event.submitter?.dataset.action === "run" ? "run" : "submit");
    });
  }

  /** Whether there are tests that can be run before one submits. */
  get canRun(): boolean {
    return this.#buttons.has("run");
  }

  /** Submit, or run the visible tests where there are any. */
  async send(wanted: Kind): Promise<void> {
    const kind = this.canRun ? wanted : "submit";
    const button = this.#buttons.get(kind);
    if (!button || button.disabled || this.#busy) return;
    const files = this.texts();
    this.#wait(button, true);
    try {
      const url = this.root.dataset[kind === "run" ? "runUrl" : "submitUrl"] ?? "";
      this.accepted(kind, files, await submit(url, new Map(Object.entries(files)), meta("csrf-token")));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#complain(error.message);
    } finally {
      this.#wait(button, false);
    }
  }

  /** Not `disabled`, which would take the keyboard's focus away. */
  #wait(button: HTMLButtonElement, busy: boolean): void {
    this.#busy = busy;
    for (const one of this.#buttons.values()) one.ariaDisabled = String(busy);
    button.toggleAttribute("data-busy", busy);
    if (busy) this.#complain("");
  }

  #complain(sentence: string): void {
    this.#error.textContent = sentence;
    this.#error.hidden = sentence === "";
  }
}
