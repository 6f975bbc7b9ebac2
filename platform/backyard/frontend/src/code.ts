// One file in one CodeMirror editor.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";

import { appearance } from "./appearance";
import { meta } from "./dom";
import { flash, goToLine } from "./flash";
import { guessIndent } from "./indent";
import { escapeLeaves } from "./keys";
import { indentFor, languageFor } from "./languages";
import { bring, isThere, reaches, take, together, type Moved } from "./together";
import { typeOverSelection } from "./typing";

/** What an editor is made of. */
export interface Source {
  readonly name: string;
  /** What stands in it first: no Undo leads behind that. */
  readonly text: string;
  /** A text of the file by which it is indented. */
  readonly sample: string;
  readonly language: string;
  /** The step by which the file comes; 0 where it is there from the start. */
  readonly born: number;
  /** The keys that it has at first. */
  readonly keys: Extension;
}

/** Who hears what goes on in an editor. */
export interface Audience {
  /** The text is another one: called for each key, so it does little. */
  changed(): void;
  readonly moved: Moved;
}

/** Undo reaches this far back at least, so that a step of all files stays in reach. */
const DEPTH = 1_000;

/** The id of the sentence that says how to leave the editor. */
export const HINT_ID = "editor-hint";

const editing: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history({ minDepth: DEPTH }),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  rectangularSelection(),
  crosshairCursor(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  typeOverSelection,
  escapeLeaves,
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
  ]),
  flash,
];

export class CodeEditor {
  readonly #view: EditorView;
  readonly #keys = new Compartment();
  readonly #language = new Compartment();
  /** What `text` found last: several ask for it after each pause, and a long one takes its time. */
  #read: { readonly doc: Text | null; readonly text: string } = { doc: null, text: "" };

  constructor(
    private readonly source: Source,
    parent: HTMLElement,
    private readonly audience: Audience,
  ) {
    this.#view = new EditorView({ parent, doc: source.text, extensions: [editing, appearance, this.#own()] });
    void languageFor(source.language).then((loaded) => {
      this.#view.dispatch({ effects: this.#language.reconfigure(loaded) });
    });
  }

  #own(): Extension {
    const { name, language, sample, born } = this.source;
    return [
      this.#language.of([]),
      this.#keys.of(this.source.keys),
      together(this.audience.moved, born === 0),
      indentUnit.of(guessIndent(sample) ?? indentFor(language)),
      EditorState.tabSize.of(4),
      EditorView.cspNonce.of(meta("csp-nonce")),
      EditorView.contentAttributes.of({ "aria-label": `Code of ${name}`, "aria-describedby": HINT_ID }),
      EditorView.updateListener.of(({ docChanged, state, startState }) => {
        if (docChanged || isThere(state) !== isThere(startState)) this.audience.changed();
      }),
    ];
  }

  get name(): string {
    return this.source.name;
  }

  /** Null while the file is not there. */
  get text(): string | null {
    if (!isThere(this.#view.state)) return null;
    if (this.doc !== this.#read.doc) this.#read = { doc: this.doc, text: this.doc.toString() };
    return this.#read.text;
  }

  /** The same object for as long as nothing was changed. */
  get doc(): Text {
    return this.#view.state.doc;
  }

  /** Replace the whole text as a part of a step of all files; null makes the file go. */
  take(id: number, text: string | null): void {
    take(this.#view, id, text);
  }

  /** Whether `bring` gets there. */
  reaches(id: number, done: boolean): boolean {
    return reaches(this.#view.state, id, done, this.source.born);
  }

  /** Undo or redo here until a step of all files is done, or not. */
  bring(id: number, done: boolean): void {
    bring(this.#view, id, done, this.source.born);
  }

  goToLine(line: number): void {
    goToLine(this.#view, line);
  }

  focus(): void {
    this.#view.focus();
  }

  set(keys: Extension): void {
    // A new theme, empty as it is, has CodeMirror measure its lines: the text may have another size now.
    this.#view.dispatch({ effects: this.#keys.reconfigure([keys, EditorView.theme({})]) });
  }
}
