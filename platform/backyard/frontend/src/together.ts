// Steps that concern all files at once: taken back in one file, they are taken back in all.

import { invertedEffects, isolateHistory, redo, undo } from "@codemirror/commands";
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";

interface Step {
  readonly id: number;
  /** Whether it is done by this, or undone. */
  readonly done: boolean;
}

const step = StateEffect.define<Step>();

/** The steps that are done in a file, and not undone. */
const steps = StateField.define<ReadonlySet<number>>({
  create: () => new Set(),
  update: (before, { effects }) => {
    const changes = effects.filter((effect) => effect.is(step)).map(({ value }) => value as Step);
    if (changes.length === 0) return before;
    const after = new Set(before);
    for (const { id, done } of changes) done ? after.add(id) : after.delete(id);
    return after;
  },
});

const inverse = invertedEffects.of(({ effects }) =>
  effects.filter((effect) => effect.is(step)).map(({ value: { id, done } }) => step.of({ id, done: !done })),
);

/** Hears of a step that was undone or redone in a file, and whether that changed its text. */
export type Moved = (id: number, done: boolean, changed: boolean) => void;

/** What an editor needs to take part. */
export function together(moved: Moved): Extension {
  return [steps, inverse, EditorView.updateListener.of((update) => tell(update, moved))];
}

function tell(update: ViewUpdate, moved: Moved): void {
  for (const transaction of update.transactions) {
    if (!transaction.isUserEvent("undo") && !transaction.isUserEvent("redo")) continue;
    for (const effect of transaction.effects) if (effect.is(step)) moved(effect.value.id, effect.value.done, update.docChanged);
  }
}

/** Replace a file's text as a part of the step `id`. A file that stays as it is takes part as well. */
export function take(view: EditorView, id: number, text: string): void {
  const { doc } = view.state;
  view.dispatch({
    ...(text === doc.toString() ? {} : { changes: { from: 0, to: doc.length, insert: text } }),
    effects: step.of({ id, done: true }),
    annotations: isolateHistory.of("full"),
  });
}

/** Undo or redo in this file until the step is as it should be, along with all that came after it. */
export function bring(view: EditorView, id: number, done: boolean): void {
  const move = done ? redo : undo;
  while (view.state.field(steps).has(id) !== done && move(view));
}
