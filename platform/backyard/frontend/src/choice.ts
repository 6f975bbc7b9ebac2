// Asks which version counts, where two tabs or machines changed the same exercise.

import { make } from "./dom";

const SENTENCE = "This exercise was changed in another tab or on another machine.";
const MORE = "Until you choose, nothing that you type here is saved over it. Undo brings back the other one.";

export class Choice {
  readonly bar = make("div", { class: "editor-choice", role: "alert", hidden: "" });

  constructor(
    private readonly take: () => void,
    private readonly keep: () => void,
  ) {}

  show(isOpen: boolean): void {
    if (this.bar.hidden !== isOpen) return;
    this.bar.hidden = !isOpen;
    this.bar.replaceChildren(...(isOpen ? this.#parts() : []));
  }

  #parts(): HTMLElement[] {
    const words = make("p");
    words.append(make("strong", {}, SENTENCE), ` ${MORE}`);
    return [words, button("Take that version", this.take), button("Keep mine", this.keep)];
  }
}

function button(words: string, act: () => void): HTMLElement {
  const made = make("button", { type: "button", class: "btn btn-small" }, words);
  made.addEventListener("click", act);
  return made;
}
