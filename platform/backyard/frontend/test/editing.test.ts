import assert from "node:assert/strict";
import { test } from "node:test";

import { guessIndent } from "../src/indent";
import { placeOf } from "../src/places";
import { most, parseSizes, resized, sizeFor, USUAL } from "../src/sizes";

test("indentation is that of the file's own text", () => {
  assert.equal(guessIndent("def a():\n    if b:\n        c\n    d\n"), "    ");
  assert.equal(guessIndent("a:\n  b:\n    c: 1\n  d: 2\n"), "  ");
  assert.equal(guessIndent("a:\n\tb:\n\t\tc\n"), "\t");
  assert.equal(guessIndent("a\nb\n\n   \n"), null);
  assert.equal(guessIndent(""), null);
});

test("a continued line does not make a file another one", () => {
  assert.equal(guessIndent("f(a,\n  b)\ndef a():\n    b\n    c\ndef d():\n    e\n"), "    ");
});

test("a link names a file and a line", () => {
  assert.deepEqual(placeOf("#file=app.py&line=12"), { file: "app.py", line: 12 });
  assert.deepEqual(placeOf("#file=a%20b%2Fc.py&line=1"), { file: "a b/c.py", line: 1 });
  assert.deepEqual(placeOf("#file=app.py"), { file: "app.py", line: 1 });
});

test("other addresses are no places", () => {
  for (const hash of ["", "#content", "#line=3", "#file=&line=3", "#file=a.py&line=0", "#file=a.py&line=x", "#file=a.py&line=1.5"]) {
    assert.equal(placeOf(hash), null);
  }
});

test("a pane leaves the others room enough", () => {
  assert.equal(resized(USUAL, "statement", 90).statement, most(USUAL, "statement"));
  assert.equal(resized(USUAL, "result", -5).result, 15);
  const { statement, result } = resized(resized(USUAL, "statement", 90), "result", 90);
  assert.ok(100 - statement - result >= 25);
});

test("sizes that make no sense are the usual ones", () => {
  for (const text of [null, "{", "null", '{"statement": "9"}', '{"statement": 30}']) assert.deepEqual(parseSizes(text), USUAL);
  assert.deepEqual(parseSizes('{"statement": 30, "result": 20}'), { statement: 30, result: 20 });
});

test("arrow keys move the divider the way that they point", () => {
  assert.equal(sizeFor("ArrowRight", USUAL, "statement"), USUAL.statement + 2);
  assert.equal(sizeFor("ArrowRight", USUAL, "result"), USUAL.result - 2);
  assert.equal(sizeFor("Home", USUAL, "result"), 15);
  assert.equal(sizeFor("End", USUAL, "result"), most(USUAL, "result"));
  assert.equal(sizeFor("a", USUAL, "result"), null);
});
