// All files of an exercise, each in an editor of its own behind a tab.

import type { Extension } from "@codemirror/state";

import { CodeEditor } from "./code";
import { usualKeys } from "./keys";
import { languageOf } from "./languages";
import type { Place } from "./places";
import { Steps } from "./steps";
import { Tabs } from "./tabs";
import { textOf, type Texts } from "./texts";
import type { Moved } from "./together";

/** What is known of files beforehand: their newest texts, by which they are indented, and the languages of names. */
export interface Known {
  readonly newest: Texts;
  readonly languages: Readonly<Record<string, string>>;
}

export class Files {
  readonly tabs = new Tabs();
  /** Hears of files that went because a step was undone or redone, with what they held. */
  went: (files: Texts) => void = () => {};
  readonly #steps: Steps<CodeEditor>;
  #keys: Extension = usualKeys;

  /** @param first what stands in the editors before all; `changed` is called at each key */
  constructor(
    private readonly known: Known,
    first: Texts,
    private readonly changed: () => void,
  ) {
    this.#steps = new Steps(first, (name, text, born) => this.#make(name, text, born));
  }

  /** The texts as they are now, of the files that are there. */
  get texts(): Texts {
    return this.#steps.texts;
  }

  /** The name of the file in sight. */
  get selected(): string {
    return this.#editors[this.tabs.selected]?.name ?? "";
  }

  get #editors(): readonly CodeEditor[] {
    return this.#steps.files;
  }

  #make(name: string, text: string, born: number): CodeEditor {
    const moved: Moved = (id, done, isSeen) => this.bring(id, done, isSeen);
    const source = {
      name,
      text: born === 0 ? text : "",
      sample: textOf(this.known.newest, name) ?? text,
      language: languageOf(name, this.known.languages),
      born,
      keys: this.#keys,
    };
    return new CodeEditor(source, this.tabs.add(name), { changed: this.changed, moved });
  }

  /** Replace all files by these in one step, which Undo in any of them takes back; returns the step's id. */
  take(texts: Texts): number {
    const hadFocus = this.#hasFocus;
    const id = this.#steps.take(texts);
    this.#settle([], true, hadFocus);
    return id;
  }

  /**
   * Have a step of all files done, or undone, in each of them; and a file that this changes in sight.
   *
   * @param isSeen whether the one in sight has changed by it already
   */
  bring(id: number, done: boolean, isSeen = false): void {
    const hadFocus = this.#hasFocus;
    const before = this.#editors.map(({ doc, text }) => ({ doc, isThere: text !== null }));
    const gone = this.#steps.bring(id, done);
    if (!gone) return;
    const changed = this.#editors.filter(({ doc, text }, index) => {
      const old = before[index];
      return text !== null && (doc !== old?.doc || !old.isThere);
    });
    this.#settle(changed, isSeen, hadFocus);
    const back = changed.map(({ text }) => text);
    const lost = Object.entries(gone).filter(([, text]) => text.trim() !== "" && !back.includes(text));
    if (lost.length > 0) this.went(Object.fromEntries(lost));
  }

  /** Mark the tabs of files that differ from these texts. */
  mark(submitted: Texts): void {
    this.#editors.forEach(({ name, text }, index) => this.tabs.mark(index, text !== textOf(submitted, name)));
  }

  /** Give these keys to all files, and to those still to come. */
  set(keys: Extension): void {
    this.#keys = keys;
    for (const editor of this.#editors) editor.set(keys);
  }

  /** Select a file. False where there is none of that name. */
  select(name: string): boolean {
    const index = this.#editors.findIndex((editor) => editor.name === name && editor.text !== null);
    if (index >= 0) this.tabs.select(index);
    return index >= 0;
  }

  /** Select the file and show the line. False where there is no such file. */
  goTo({ file, line }: Place): boolean {
    if (!this.select(file)) return false;
    this.#editors[this.tabs.selected]?.goToLine(line);
    return true;
  }

  /** Put the keyboard's focus into the selected file. */
  focus(): void {
    this.#editors[this.tabs.selected]?.focus();
  }

  get #hasFocus(): boolean {
    return this.tabs.panels.contains(document.activeElement);
  }

  /** After a step: tabs of files that are there, and one of those in sight; what has changed where nothing of it is. */
  #settle(changed: readonly CodeEditor[], isSeen: boolean, hadFocus: boolean): void {
    this.tabs.show(this.#editors.map(({ text }) => text !== null));
    const inSight = this.#editors[this.tabs.selected];
    const isFine = isSeen || changed.length === 0 || changed.some((editor) => editor === inSight);
    const isGone = inSight === undefined || inSight.text === null;
    if (isFine && !isGone) return;
    this.tabs.select(this.#next(changed));
    if (hadFocus) this.focus();
  }

  /** The first that has changed, or else the last that is there before the one in sight. */
  #next([first]: readonly CodeEditor[]): number {
    if (first) return this.#editors.indexOf(first);
    const before = this.#editors.slice(0, this.tabs.selected).map(({ text }) => text !== null);
    return Math.max(before.lastIndexOf(true), 0);
  }
}
