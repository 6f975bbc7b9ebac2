// One file in one CodeMirror editor.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
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
import { indentFor, languageFor } from "./languages";
import { typeOverSelection } from "./typing";

export interface CodeFile {
  readonly name: string;
  /** What the server has: the last submission's text, else the starter's. */
  readonly text: string;
  readonly language: string;
  readonly starter: string;
}

const editing: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
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
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
    indentWithTab, // Escape, then Tab, leaves the editor: CodeMirror's own way out.
  ]),
];

export class CodeEditor {
  readonly #view: EditorView;

  constructor(
    readonly file: CodeFile,
    parent: HTMLElement,
    hintId: string,
    onChange: (text: string) => void,
  ) {
    const language = new Compartment();
    this.#view = new EditorView({
      parent,
      doc: file.text,
      extensions: [
        editing,
        appearance,
        language.of([]),
        indentUnit.of(indentFor(file.language)),
        EditorState.tabSize.of(4),
        EditorView.cspNonce.of(meta("csp-nonce")),
        EditorView.contentAttributes.of({ "aria-label": `Code of ${file.name}`, "aria-describedby": hintId }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(this.text);
        }),
      ],
    });
    void languageFor(file.language).then((loaded) => {
      this.#view.dispatch({ effects: language.reconfigure(loaded) });
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Replace the whole text as one step, which Undo takes back. */
  replace(text: string): void {
    if (text === this.text) return;
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      annotations: isolateHistory.of("full"),
    });
  }
}
