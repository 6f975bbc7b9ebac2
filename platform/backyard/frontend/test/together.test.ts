import assert from "node:assert/strict";
import { test } from "node:test";

import { history, redo, undo } from "@codemirror/commands";
import { EditorState, type Transaction } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";

import { Steps, type Part } from "../src/steps";
import type { Texts } from "../src/texts";
import { bring, isThere, reaches, take, together, type Moved, type Target } from "../src/together";

/** A file in an editor's state, without a page around it. */
class Editor implements Part, Target {
  state: EditorState;

  constructor(
    readonly name: string,
    text: string,
    private readonly born: number,
    moved: Moved,
  ) {
    const extensions = [history({ minDepth: 1_000 }), together(moved, born === 0)];
    this.state = EditorState.create({ doc: born === 0 ? text : "", extensions });
  }

  /** As a view does: what listens hears of it afterwards. A property, as commands call it by itself. */
  readonly dispatch = (transaction: Transaction): void => {
    this.state = transaction.state;
    const update = { transactions: [transaction], docChanged: transaction.docChanged, state: this.state } as unknown as ViewUpdate;
    for (const hear of this.state.facet(EditorView.updateListener)) hear(update);
  };

  get text(): string | null {
    return isThere(this.state) ? this.state.doc.toString() : null;
  }

  take(id: number, text: string | null): void {
    take(this, id, text);
  }

  bring(id: number, done: boolean): void {
    bring(this, id, done, this.born);
  }

  reaches(id: number, done: boolean): boolean {
    return reaches(this.state, id, done, this.born);
  }

  type(text: string): void {
    this.#insert(text, "input.type");
  }

  /** As each is a change of its own, history forgets them one by one. */
  paste(text: string): void {
    this.#insert(text, "input.paste");
  }

  #insert(insert: string, userEvent: string): void {
    this.dispatch(this.state.update({ changes: { from: this.state.doc.length, insert }, userEvent }));
  }

  undo(): boolean {
    return undo(this);
  }

  redo(): boolean {
    return redo(this);
  }
}

/** Files that hear of each other, as those of a page do. */
function filesOf(first: Texts): { steps: Steps<Editor>; file: (name: string) => Editor } {
  const moved: Moved = (id, done) => void steps.bring(id, done);
  const steps: Steps<Editor> = new Steps(first, (name, text, born) => new Editor(name, text, born, moved));
  return { steps, file: (name) => steps.files.find((one) => one.name === name) as Editor };
}

const START = { "a.py": "a", "b.py": "b" };

test("a step of all files is undone in all by Undo in any, and redone", () => {
  const { steps, file } = filesOf(START);
  steps.take({ "a.py": "A", "b.py": "b" });
  file("b.py").undo();
  assert.deepEqual(steps.texts, START);
  file("a.py").redo();
  assert.deepEqual(steps.texts, { "a.py": "A", "b.py": "b" });
});

test("what was typed after a step is undone before it, and stays where Undo does not reach the step", () => {
  const { steps, file } = filesOf(START);
  steps.take({ "a.py": "A", "b.py": "B" });
  file("a.py").type("1");
  file("b.py").type("2");
  file("a.py").undo();
  assert.deepEqual(steps.texts, { "a.py": "A", "b.py": "B2" });
  file("a.py").undo();
  assert.deepEqual(steps.texts, START);
});

test("a file that a step adds goes with it, and comes back by Redo", () => {
  const { steps, file } = filesOf(START);
  steps.take({ ...START, "new.py": "" });
  assert.deepEqual(steps.texts, { ...START, "new.py": "" });
  file("a.py").undo();
  assert.deepEqual(steps.texts, START);
  file("b.py").redo();
  assert.deepEqual(steps.texts, { ...START, "new.py": "" });
});

test("Undo in a file that was added takes back what was typed there first, then the file", () => {
  const { steps, file } = filesOf(START);
  steps.take({ ...START, "new.py": "" });
  file("new.py").type("x");
  file("new.py").undo();
  assert.deepEqual(steps.texts, { ...START, "new.py": "" });
  file("new.py").undo();
  assert.deepEqual(steps.texts, START);
});

test("a file that a step takes away is back with its text, and with what led to it", () => {
  const { steps, file } = filesOf(START);
  steps.take({ ...START, "new.py": "x" });
  file("new.py").type("y");
  steps.take(START);
  assert.deepEqual(steps.texts, START);
  file("a.py").undo();
  assert.deepEqual(steps.texts, { ...START, "new.py": "xy" });
  file("new.py").undo();
  assert.deepEqual(steps.texts, { ...START, "new.py": "x" });
});

test("undoing a step from before a file's birth undoes its birth, and redoing that step alone does not bring it", () => {
  const { steps, file } = filesOf(START);
  const older = steps.take({ "a.py": "A", "b.py": "B" });
  steps.take({ "a.py": "A", "b.py": "B", "new.py": "x" });
  file("new.py").type("y");
  steps.bring(older, false);
  assert.deepEqual(steps.texts, START);
  steps.bring(older, true);
  assert.deepEqual(steps.texts, { "a.py": "A", "b.py": "B" });
  file("a.py").redo();
  assert.deepEqual(steps.texts, { "a.py": "A", "b.py": "B", "new.py": "x" });
});

test("a renamed file has its old name again after Undo, and what was typed before", () => {
  const { steps, file } = filesOf(START);
  steps.take({ ...START, "old.py": "x" });
  file("old.py").type("y");
  steps.take({ ...START, "new.py": "xy" });
  file("new.py").type("z");
  file("new.py").undo();
  file("new.py").undo();
  assert.deepEqual(steps.texts, { ...START, "old.py": "xy" });
  file("old.py").undo();
  assert.deepEqual(steps.texts, { ...START, "old.py": "x" });
});

test("a name can be taken again after its file was deleted, with nothing of it left", () => {
  const { steps, file } = filesOf(START);
  steps.take({ ...START, "new.py": "first" });
  steps.take(START);
  steps.take({ ...START, "new.py": "" });
  assert.deepEqual(steps.texts, { ...START, "new.py": "" });
  file("a.py").undo();
  file("a.py").undo();
  assert.deepEqual(steps.texts, { ...START, "new.py": "first" });
});

test("names that every object has are names of files like others", () => {
  const { steps } = filesOf(START);
  steps.take({ ...START, constructor: "x" } as unknown as Texts);
  assert.equal(steps.texts["constructor"], "x");
  steps.take(START);
  assert.deepEqual(steps.texts, START);
});

test("a step that one of the files has no Redo for any more is redone in none", () => {
  const { steps, file } = filesOf(START);
  steps.take({ "a.py": "A", "b.py": "B" });
  file("a.py").undo();
  file("a.py").type("!");
  file("b.py").redo();
  assert.deepEqual(steps.texts, { "a.py": "a!", "b.py": "b" });
  file("a.py").undo();
  file("b.py").redo();
  assert.deepEqual(steps.texts, { "a.py": "a", "b.py": "b" });
});

test("a step that one of the files has forgotten is undone in none, and nothing else with it", () => {
  const { steps, file } = filesOf(START);
  steps.take({ "a.py": "A", "b.py": "B" });
  for (let count = 0; count < 1_500; count++) file("a.py").paste("x");
  file("b.py").undo();
  assert.equal(file("b.py").text, "B");
  assert.equal(file("a.py").text?.length, 1_501);
});

test("of files that go by a step it is told what they held", () => {
  const { steps, file } = filesOf(START);
  const id = steps.take({ ...START, "new.py": "" });
  file("new.py").type("much");
  assert.deepEqual(steps.bring(id, false), { "new.py": "much" });
  assert.deepEqual(steps.bring(id, true), {});
});
