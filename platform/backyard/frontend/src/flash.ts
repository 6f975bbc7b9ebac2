// A line that is shown for a moment, after a link led to it.

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const SHOWN = 2_000;

const timers = new WeakMap<EditorView, ReturnType<typeof setTimeout>>();

const mark = StateEffect.define<number | null>();
const line = Decoration.line({ class: "cm-shown-line" });

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, transaction) => {
    const [effect] = transaction.effects.filter((one) => one.is(mark));
    if (!effect) return before.map(transaction.changes);
    return effect.value === null ? Decoration.none : Decoration.set([line.range(effect.value as number)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const flash: Extension = shown;

/** Put the cursor at the start of a line (from 1; the last one where there are fewer) and show it. */
export function goToLine(view: EditorView, number: number): void {
  const { doc } = view.state;
  const { from } = doc.line(Math.min(number, doc.lines));
  view.dispatch({
    selection: { anchor: from },
    effects: [mark.of(from), EditorView.scrollIntoView(from, { y: "center" })],
  });
  view.focus();
  clearTimeout(timers.get(view));
  timers.set(view, setTimeout(() => view.dispatch({ effects: mark.of(null) }), SHOWN));
}
