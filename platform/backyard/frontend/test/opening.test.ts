import assert from "node:assert/strict";
import { test } from "node:test";

import type { Kept } from "../src/drafts";
import { open, type Opening, type Page } from "../src/opening";
import { Names } from "../src/names";
import type { Texts } from "../src/texts";

const CLOCK = 5_000_000; // the browser's, an hour and more beside the server's
const NOW = 1_000_000;

const as = (text: string): Texts => ({ "a.py": text });
const texts = ({ steps }: Opening): (string | undefined)[] => steps.map((step) => step["a.py"]);

/** An exercise of one file, to which others may be added. */
const names = new Names({ own: ["a.py"], mayAdd: ["*.py"], letters: "[a-z._]+", longest: 20, most: 3 });

function page(parts: Partial<Page> = {}): Page {
  return { now: NOW, names, starter: as("starter"), submitted: null, draft: null, asked: null, ...parts };
}

/** Kept by the browser, `ago` milliseconds before now. */
function kept(text: string, base: number, ago = 1_000): Kept {
  return { base, at: CLOCK - ago, files: as(text) };
}

/** On the server, `ago` milliseconds before now. */
function stored(text: string, ago: number): { at: number; files: Texts } {
  return { at: NOW - ago, files: as(text) };
}

test("without any work there is the starter, and nothing to be said", () => {
  const opening = open(page(), null, null, CLOCK);
  assert.deepEqual([texts(opening), opening.note, opening.other], [["starter"], null, null]);
});

test("the server's draft stands above what was handed in before", () => {
  const opening = open(page({ submitted: stored("sent", 9), draft: { ...stored("draft", 5), revision: 2 } }), null, null, CLOCK);
  assert.deepEqual(texts(opening), ["starter", "sent", "draft"]);
  assert.deepEqual([opening.revision, opening.saved, opening.note], [2, as("draft"), "restored"]);
});

test("what was handed in after the draft stands above it, and the draft is one Undo away", () => {
  const opening = open(page({ submitted: stored("sent", 5), draft: { ...stored("draft", 9), revision: 2 } }), null, null, CLOCK);
  assert.deepEqual(texts(opening), ["starter", "draft", "sent"]);
  assert.deepEqual([opening.saved, opening.note], [as("sent"), null]);
});

test("what was typed after the server's draft stands above it, even by a clock that is slow", () => {
  const draft = { ...stored("draft", 10), revision: 2 };
  const opening = open(page({ draft }), kept("typed", 2, 90_000), null, CLOCK);
  assert.deepEqual([texts(opening), opening.other], [["starter", "draft", "typed"], null]);
});

test("newer work from elsewhere stands above what this browser kept, which is one Undo away", () => {
  const draft = { ...stored("elsewhere", 10), revision: 3 };
  const opening = open(page({ draft }), kept("typed", 2, 500), null, CLOCK);
  assert.deepEqual([texts(opening), opening.other], [["starter", "typed", "elsewhere"], null]);
  assert.equal(opening.note, "overtaken");
});

test("newer work of this browser, beside other work from elsewhere, needs a choice", () => {
  const draft = { ...stored("elsewhere", 500), revision: 3 };
  const opening = open(page({ draft }), kept("typed", 2, 10), null, CLOCK);
  assert.deepEqual(texts(opening), ["starter", "elsewhere", "typed"]);
  assert.deepEqual(opening.other, { revision: 3, files: as("elsewhere"), isSaved: true });
});

test("what was on its way when the page was closed is nobody else's", () => {
  const draft = { ...stored("ty", 500), revision: 1 };
  const opening = open(page({ draft }), { ...kept("typed", 0), sent: as("ty") }, null, CLOCK);
  assert.deepEqual([texts(opening).at(-1), opening.other], ["typed", null]);
});

test("a tab that had not chosen yet has its own work again, and the choice", () => {
  const opening = open(page(), kept("the other tab's", 0), kept("mine", 0), CLOCK);
  assert.deepEqual(texts(opening), ["starter", "the other tab's", "mine"]);
  assert.deepEqual(opening.other, { revision: 0, files: as("the other tab's"), isSaved: false });
});

test("what was asked for stands above all, and all else is below it", () => {
  const opening = open(page({ asked: as("starter"), submitted: stored("sent", 9_000) }), kept("typed", 0), null, CLOCK);
  assert.deepEqual([texts(opening), opening.note], [["starter", "sent", "typed", "starter"], null]);
});

test("files that the exercise no longer has are left out, and new ones are the server's", () => {
  const shared = { ...kept("", 0), files: { "gone.sql": "x" } };
  assert.deepEqual(open(page(), shared, null, CLOCK).steps, [as("starter")]);
});

test("a file that was added stands only in the versions that have it", () => {
  const draft = { at: NOW - 10, files: { ...as("draft"), "more.py": "added" }, revision: 2 };
  const opening = open(page({ draft }), kept("typed", 2), null, CLOCK);
  assert.deepEqual(opening.steps, [as("starter"), draft.files, as("typed")]);
  assert.deepEqual([opening.saved, opening.note], [draft.files, "restored"]);
});

test("a file that this browser alone has kept is there again, and an empty one too", () => {
  const shared = { ...kept("starter", 0), files: { ...as("starter"), "more.py": "" } };
  const opening = open(page(), shared, null, CLOCK);
  assert.deepEqual(opening.steps, [as("starter"), shared.files]);
  assert.equal(opening.note, "restored");
});

test("a file that another machine has deleted is a newer version like any other", () => {
  const draft = { ...stored("same", 10), revision: 3 };
  const shared = { ...kept("same", 2, 500), files: { ...as("same"), "more.py": "x" } };
  const opening = open(page({ draft }), shared, null, CLOCK);
  assert.deepEqual([opening.steps.at(-1), opening.note], [as("same"), "overtaken"]);
});
