import assert from "node:assert/strict";
import { test } from "node:test";

import cases from "../../../../tests/unit/grader/names.json";
import { languageOf } from "../src/languages";
import { Names, within } from "../src/names";

const PART = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
const RULE = { own: cases.files, mayAdd: cases.may_add, letters: `${PART}(?:/${PART})*`, longest: 120, most: 20 };
const names = new Names(RULE);

/** The first word against adding these one after the other. */
function refusal(added: readonly string[], rule = names): string | null {
  const whys = added.map((name, index) => rule.refusal(name, [...rule.own, ...added.slice(0, index)]));
  return whys.find((why) => why !== null) ?? null;
}

test("what the server takes is taken here", () => {
  for (const added of cases.taken) assert.equal(refusal(added), null, added.join());
});

test("what the server refuses is refused here, with a sentence", () => {
  for (const added of cases.refused) assert.match(refusal(added) ?? "", /^.{10,}\.$/su, added.join());
});

test("a sentence says what is wrong with a name", () => {
  assert.equal(refusal([""]), "Give the file a name.");
  assert.equal(refusal(["app.py"]), "app.py is there already. Choose another name.");
  assert.equal(refusal(["x.sql"]), "Files that you add here are named like *.py or templates/*.html or test_* or notes/2026.md.");
  assert.match(refusal(["../x.py"]) ?? "", /^A name has letters from a to z, digits/);
  assert.match(refusal(["App.py"]) ?? "", /^App.py and app.py differ in upper and lower case only/);
});

test("a folder can't be called as a file is, nor hide it from Python", () => {
  const open = new Names({ ...RULE, mayAdd: ["*", "*/*"] });
  assert.match(refusal(["app.py/x"], open) ?? "", /^app.py is a file, so app.py\/x/);
  assert.match(refusal(["lib"], open) ?? "", /^lib is a file, so lib\/models.py/);
  assert.equal(refusal(["app/__init__.py"], open), "Python would take app/__init__.py in place of app.py.");
  assert.equal(refusal(["app/other.py"], open), null);
  assert.match(refusal(["Lib/x.py"], open) ?? "", /folders that differ in upper and lower case only/);
});

test("nothing can be added where no pattern says so", () => {
  const closed = new Names({ ...RULE, mayAdd: [] });
  assert.deepEqual([closed.areOpen, names.areOpen], [false, true]);
  assert.notEqual(refusal(["util.py"], closed), null);
});

test("texts are cut to what the exercise takes, and its own files are always there", () => {
  const found = within(names, { "app.py": "all", "lib/models.py": "all" }, { "app.py": "", "x.py": "x", "gone.sql": "" });
  assert.deepEqual(found, { "app.py": "", "lib/models.py": "all", "x.py": "x" });
});

test("a file's language is told by its ending, or by its name where it has none", () => {
  const table = { ".py": "python", ".html": "html", Dockerfile: "dockerfile" };
  for (const [name, language] of [
    ["app.py", "python"],
    ["a.b/c.html", "html"],
    ["web/Dockerfile", "dockerfile"],
    ["Makefile", "text"],
    ["a.py/x", "text"],
    ["constructor", "text"],
  ] as const) {
    assert.equal(languageOf(name, table), language);
  }
});
