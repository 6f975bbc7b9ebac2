// Steps that concern all files at once: taken back in one file, they are taken back in all. By a step a file may come and go.

import { invertedEffects, isolateHistory, redo, undo } from "@codemirror/commands";
import { StateEffect, StateField, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";

interface Step {
  readonly id: number;
  /** Whether it is done by this, or undone. */
  readonly done: boolean;
}

/** What is needed of an editor. */
export interface Target {
  readonly state: EditorState;
  dispatch(transaction: Transaction): void;
}

const step = StateEffect.define<Step>();
const presence = StateEffect.define<boolean>();

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

/** Whether the file is there. Its text stays when it goes, for when it comes back. */
const there = StateField.define<boolean>({
  create: () => true,
  update: (before, { effects }) => effects.reduce((now, effect) => (effect.is(presence) ? effect.value : now), before),
});

const inverse = invertedEffects.of(({ effects, startState }) =>
  effects.flatMap((effect): StateEffect<unknown>[] => {
    if (effect.is(step)) return [step.of({ id: effect.value.id, done: !effect.value.done })];
    return effect.is(presence) ? [presence.of(startState.field(there))] : [];
  }),
);

/** Hears of a step that was undone or redone in a file, and whether that changed its text. */
export type Moved = (id: number, done: boolean, changed: boolean) => void;

/** What an editor needs to take part. `isThere`: the file is there before any step. */
export function together(moved: Moved, isThere = true): Extension {
  return [steps, there.init(() => isThere), inverse, EditorView.updateListener.of((update) => tell(update, moved))];
}

function tell(update: ViewUpdate, moved: Moved): void {
  for (const transaction of update.transactions) {
    if (!transaction.isUserEvent("undo") && !transaction.isUserEvent("redo")) continue;
    for (const effect of transaction.effects) if (effect.is(step)) moved(effect.value.id, effect.value.done, update.docChanged);
  }
}

/** Whether the file is there now. */
export function isThere(state: EditorState): boolean {
  return state.field(there);
}

/** Replace a file's text as a part of the step `id`; null makes the file go. One that stays as it is takes part as well. */
export function take(target: Target, id: number, text: string | null): void {
  const { state } = target;
  const isNew = text !== null && text !== state.doc.toString();
  const comesOrGoes = (text !== null) !== isThere(state);
  target.dispatch(
    state.update({
      ...(isNew ? { changes: { from: 0, to: state.doc.length, insert: text } } : {}),
      effects: [step.of({ id, done: true }), ...(comesOrGoes ? [presence.of(text !== null)] : [])],
      annotations: isolateHistory.of("full"),
    }),
  );
}

/**
 * Undo or redo in this file until the step is as it should be, along with all that came after it.
 *
 * @param born the step that made the file, 0 for none: there is nothing of an earlier one in it, and with that it goes
 */
export function bring(target: Target, id: number, done: boolean, born = 0): void {
  const wanted = Math.max(id, born);
  const move = done ? redo : undo;
  if (!isAs(target.state, id, done, born)) while (move(target) && target.state.field(steps).has(wanted) !== done);
}

/** Whether Undo or Redo in this file gets to where the step is as it should be: something typed since has no Redo. */
export function reaches(state: EditorState, id: number, done: boolean, born = 0): boolean {
  const trial = { state, dispatch: ({ state }: Transaction) => (trial.state = state) } as { state: EditorState; dispatch(transaction: Transaction): void };
  bring(trial, id, done, born);
  return isAs(trial.state, id, done, born);
}

function isAs(state: EditorState, id: number, done: boolean, born: number): boolean {
  return (done && id < born) || state.field(steps).has(Math.max(id, born)) === done;
}
