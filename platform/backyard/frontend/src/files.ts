// All files of an exercise, each in an editor of its own, and the steps that concern them all.

import type { Extension } from "@codemirror/state";

import { CodeEditor, type CodeFile } from "./code";
import type { Place } from "./places";
import { Tabs } from "./tabs";
import type { Texts } from "./texts";
import type { Moved } from "./together";

export class Files {
  readonly tabs = new Tabs();
  readonly #editors: readonly CodeEditor[];
  #steps = 0;
  #moving = false;

  /** @param first what stands in the editors before all; `changed` is called at each key */
  constructor(files: readonly CodeFile[], first: Texts, changed: () => void) {
    const moved: Moved = (id, done, isSeen) => this.bring(id, done, isSeen);
    this.#editors = files.map(
      (file) => new CodeEditor(file, first[file.name] ?? "", this.tabs.add(file.name), { changed, moved }),
    );
  }

  /** The texts as they are now. */
  get texts(): Texts {
    return Object.fromEntries(this.#editors.map(({ file, text }) => [file.name, text]));
  }

  /** Replace all texts in one step, which Undo in any file takes back; returns the step's id. */
  take(texts: Texts): number {
    const id = ++this.#steps;
    for (const editor of this.#editors) editor.take(id, texts[editor.file.name] ?? "");
    return id;
  }

  /**
   * Have a step of all files done, or undone, in each of them; and a file that this changes in sight.
   *
   * @param isSeen whether the one in sight has changed by it already
   */
  bring(id: number, done: boolean, isSeen = false): void {
    if (this.#moving) return; // what a file tells of is what we do here
    const before = this.#editors.map(({ doc }) => doc);
    this.#moving = true;
    for (const editor of this.#editors) editor.bring(id, done);
    this.#moving = false;
    if (!isSeen) this.#show(this.#editors.map(({ doc }, index) => doc !== before[index]));
  }

  /** Mark the tabs of files that differ from these texts. */
  mark(submitted: Texts): void {
    this.#editors.forEach(({ file, text }, index) => this.tabs.mark(index, text !== submitted[file.name]));
  }

  set(keys: Extension): void {
    for (const editor of this.#editors) editor.set(keys);
  }

  /** Select the file and show the line. False where there is no such file. */
  goTo({ file, line }: Place): boolean {
    const index = this.#editors.findIndex((editor) => editor.file.name === file);
    if (index < 0) return false;
    this.tabs.select(index);
    this.#editors[index]?.goToLine(line);
    return true;
  }

  /** Put the keyboard's focus into the selected file. */
  focus(): void {
    this.#editors[this.tabs.selected]?.focus();
  }

  #show(changed: readonly boolean[]): void {
    if (changed[this.tabs.selected] || !changed.includes(true)) return;
    const hadFocus = this.tabs.panels.contains(document.activeElement);
    this.tabs.select(changed.indexOf(true));
    if (hadFocus) this.focus();
  }
}
