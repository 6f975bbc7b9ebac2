// Typing over a selection, done by CodeMirror alone.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Left to itself, Chromium keeps the look of highlighted text that is typed over by a style
 * attribute, which our content security policy refuses, with an error on the console each time.
 * Text in composition (input methods) is another kind of input and goes its usual way.
 */
export const typeOverSelection: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || event.data === null || main.empty) return false;
    typeText(view, main.from, main.to, event.data);
    return true;
  },
});

/** As CodeMirror types: input handlers, such as the one that closes brackets, come first. */
function typeText(view: EditorView, from: number, to: number, text: string): void {
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}
