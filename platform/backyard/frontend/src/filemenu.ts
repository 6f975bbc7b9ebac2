// Beside the tabs, where an exercise allows it: add a file, and rename or delete one that was added.

import { make } from "./dom";
import type { Files } from "./files";
import type { Names } from "./names";
import { textOf, type Texts } from "./texts";

const FORM = "file-form";
const FIELDS = "file-fields";
const NAME = "file-name";

export class FileMenu {
  readonly buttons = make("div", { class: "file-actions", role: "group", "aria-label": "Your own files" });
  /** Opens below the tabs, inside the editor's form: what is in it belongs to a form of its own. */
  readonly fields = make("div", { class: "file-fields", id: FIELDS, hidden: "" });
  readonly #form = make("form", { id: FORM, hidden: "" });
  readonly #add = button("New file", { "aria-controls": FIELDS, "aria-expanded": "false" });
  readonly #rename = button("Rename", { "aria-controls": FIELDS, "aria-expanded": "false" });
  readonly #remove = button("Delete");
  readonly #label = make("label", { class: "form-label", for: NAME });
  readonly #name = make("input", {
    class: "form-control font-monospace", id: NAME, form: FORM, "aria-describedby": `${NAME}-like ${NAME}-error`,
    spellcheck: "false", autocapitalize: "off", autocomplete: "off",
  }); // prettier-ignore
  readonly #error = make("p", { class: "file-error", id: `${NAME}-error`, role: "alert" });
  readonly #done = make("button", { type: "submit", form: FORM, class: "btn btn-small" });
  /** The file that is to be renamed; null for a new one. */
  #from: string | null = null;

  /** @param told hears what was done, and the step that Undo takes it back by */
  constructor(
    root: HTMLElement,
    private readonly names: Names,
    private readonly files: Files,
    private readonly told: (sentence: string, step: number) => void,
  ) {
    const cancel = button("Cancel");
    const like = make("p", { class: "form-text", id: `${NAME}-like` }, `Named like ${names.like}, where * stands for letters, digits, dots, _ and -.`);
    this.buttons.append(this.#add, this.#rename, this.#remove);
    this.fields.append(this.#label, this.#name, like, this.#error, this.#done, cancel);
    root.append(this.#form);
    this.#listen(cancel);
    this.#refresh();
  }

  #listen(cancel: HTMLElement): void {
    this.files.tabs.chosen = () => this.#refresh();
    this.#add.addEventListener("click", () => this.#open(null));
    this.#rename.addEventListener("click", () => this.#open(this.files.selected));
    this.#remove.addEventListener("click", () => this.#delete(this.files.selected));
    cancel.addEventListener("click", () => this.#cancel());
    this.fields.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#cancel();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#settle(this.#name.value.trim());
    });
  }

  /** What an exercise brings is neither renamed nor deleted. */
  #refresh(): void {
    const { selected } = this.files;
    const isAdded = selected !== "" && !this.names.own.includes(selected);
    for (const one of [this.#rename, this.#remove]) one.hidden = !isAdded;
    this.#remove.setAttribute("aria-label", `Delete ${selected}`);
    this.#rename.setAttribute("aria-label", `Rename ${selected}`);
    if (this.#from !== null && this.#from !== selected) this.#close();
  }

  #open(from: string | null): void {
    this.#from = from;
    this.#label.textContent = from === null ? "Name of the new file" : `New name of ${from}`;
    this.#done.textContent = from === null ? "Add file" : "Rename file";
    this.#name.value = from ?? "";
    this.#complain("");
    this.fields.hidden = false;
    this.#add.ariaExpanded = String(from === null);
    this.#rename.ariaExpanded = String(from !== null);
    this.#name.focus();
    this.#name.select();
  }

  #close(): void {
    this.#from = null;
    this.fields.hidden = true;
    this.#add.ariaExpanded = this.#rename.ariaExpanded = "false";
  }

  #cancel(): void {
    const opener = this.#from === null ? this.#add : this.#rename;
    this.#close();
    opener.focus();
  }

  #complain(sentence: string): void {
    this.#error.textContent = sentence;
    this.#name.ariaInvalid = sentence === "" ? null : "true";
  }

  #settle(name: string): void {
    const [from, texts] = [this.#from, this.files.texts];
    if (name === from) return this.#cancel();
    const others = Object.keys(texts).filter((other) => other !== from);
    const refusal = this.names.refusal(name, others);
    if (refusal !== null) {
      this.#complain(refusal);
      return this.#name.focus();
    }
    this.#close();
    if (from === null) this.#take({ ...texts, [name]: "" }, name, `${name} is new. Undo takes it away again.`);
    else this.#take(renamed(texts, from, name), name, `${from} is called ${name} now. Undo gives it its old name back.`);
  }

  #delete(name: string): void {
    const { [name]: _, ...others } = this.files.texts;
    this.#close();
    this.#take(others, null, `${name} is deleted. Undo brings it back.`);
  }

  #take(texts: Texts, shown: string | null, sentence: string): void {
    const step = this.files.take(texts);
    if (shown !== null) this.files.select(shown);
    this.files.focus();
    this.told(sentence, step);
  }
}

function renamed(texts: Texts, from: string, to: string): Texts {
  return Object.fromEntries(Object.keys(texts).map((name) => [name === from ? to : name, textOf(texts, name) ?? ""]));
}

function button(words: string, more: Readonly<Record<string, string>> = {}): HTMLButtonElement {
  return make("button", { type: "button", class: "btn btn-small", ...more }, words);
}
