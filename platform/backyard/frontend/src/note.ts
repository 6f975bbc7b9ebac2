// What the editor says of itself: one sentence, and a way back where there is one.

import { make } from "./dom";

export class Note {
  readonly element = make("div", { class: "editor-note" });
  readonly #sentence = make("span", { role: "status" });
  readonly #undo = make("button", { type: "button", class: "btn btn-small", hidden: "" }, "Undo");
  #back: (() => void) | null = null;

  constructor() {
    this.element.append(this.#sentence, this.#undo);
    this.#undo.addEventListener("click", () => this.#back?.());
  }

  /** Say a sentence, or with "" nothing any more. `back`, a button with `word`, takes back what it tells of. */
  say(sentence: string, back: (() => void) | null = null, word = "Undo"): void {
    if (this.#sentence.textContent !== sentence) this.#sentence.textContent = sentence;
    this.#back = back;
    this.#undo.hidden = back === null;
    this.#undo.textContent = word;
  }
}
