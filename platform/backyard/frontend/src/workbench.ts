// The exercise page: files in tabs, drafts, Submit and Reset.

import { Refused, submit } from "./api";
import { CodeEditor, type CodeFile } from "./code";
import { make, meta, need } from "./dom";
import { Drafts } from "./drafts";
import { resultPane } from "./result";
import { Tabs } from "./tabs";

const HINT =
  "Tab indents; to leave the editor press Escape, then Tab. Ctrl+Enter submits. Your work is kept in this browser as you type.";
const UNKEPT = "This browser doesn't let us keep your work: it is lost when you leave this page without submitting.";
const RESTORED = "Your unsubmitted work is back. Undo in the editor returns to what you last submitted.";

export class Workbench {
  readonly #form: HTMLFormElement;
  readonly #button: HTMLButtonElement;
  readonly #label: string;
  readonly #note = make("p", { class: "editor-note", role: "status" });
  readonly #error = make("p", { class: "submit-error", role: "alert", hidden: "" });
  readonly #tabs = new Tabs();
  readonly #drafts: Drafts;
  readonly #editors: readonly CodeEditor[];
  readonly #onServer = new Map<string, string>();

  constructor(private readonly root: HTMLElement) {
    this.#form = need("form", HTMLFormElement, root);
    this.#button = need("[data-action=submit]", HTMLButtonElement, root);
    this.#label = this.#button.textContent;
    this.#drafts = new Drafts(() => localStorage, root.dataset.user ?? "", root.dataset.exercise ?? "");
    const files = JSON.parse(need("#workbench-files", HTMLScriptElement).text) as CodeFile[];
    this.#editors = files.map((file, index) => this.#open(file, index));
    this.#takeOver();
    this.#restore();
    this.#listen();
  }

  #open(file: CodeFile, index: number): CodeEditor {
    this.#onServer.set(file.name, file.text);
    return new CodeEditor(file, this.#tabs.add(file.name), "editor-hint", (text) => {
      this.#keep(file.name, text, index);
    });
  }

  /** Put the tabs where the plain text areas stood. */
  #takeOver(): void {
    const plain = need("[data-slot=files]", HTMLElement, this.root);
    const hint = make("p", { id: "editor-hint", class: "editor-hint" }, HINT);
    plain.replaceWith(this.#tabs.list, this.#tabs.panels, hint);
    this.#button.after(this.#error);
    hint.before(this.#note);
  }

  /** Drafts go in as a change, so that Undo leads back to the server's text; a submission that was asked for goes over them. */
  #restore(): void {
    const asked = "restored" in this.root.dataset;
    const restored = this.#editors.filter((editor) => {
      const draft = this.#drafts.read(editor.file.name);
      if (draft !== null) editor.replace(draft);
      if (asked) editor.replace(editor.file.text);
      return draft !== null;
    });
    if (restored.length > 0 && !asked) this.#say(RESTORED);
  }

  #keep(name: string, text: string, index: number): void {
    const onServer = this.#onServer.get(name) ?? "";
    this.#drafts.write(name, text, onServer);
    this.#tabs.mark(index, text !== onServer);
    this.#say(this.#drafts.kept ? "" : UNKEPT);
  }

  #listen(): void {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.root.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
    this.root.querySelector("[data-action=reset]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#reset();
    });
  }

  /** Before CodeMirror sees them: Ctrl/Cmd+Enter submits, Ctrl/Cmd+S says that all is kept. */
  #onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "Enter") void this.#submit();
    else if (event.key === "s") this.#say(this.#drafts.kept ? "Your work is kept in this browser." : UNKEPT);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #reset(): void {
    for (const editor of this.#editors) editor.replace(editor.file.starter);
    this.#say("Back at the starter. Undo in the editor returns your work.");
  }

  async #submit(): Promise<void> {
    if (this.#button.disabled || this.#button.ariaDisabled === "true") return;
    const files = new Map(this.#editors.map(({ file, text }) => [file.name, text]));
    this.#busy(true);
    try {
      const sources = await submit(this.root.dataset.submitUrl ?? "", files, meta("csrf-token"));
      this.#accepted(files);
      resultPane()?.begin(sources);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#complain(error.message);
    } finally {
      this.#busy(false);
    }
  }

  /** The server has these now: what equals them needs no draft. */
  #accepted(files: ReadonlyMap<string, string>): void {
    this.#editors.forEach(({ file: { name }, text }, index) => {
      this.#onServer.set(name, files.get(name) ?? "");
      this.#keep(name, text, index);
    });
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

  #say(sentence: string): void {
    if (this.#note.textContent !== sentence) this.#note.textContent = sentence;
  }
}
