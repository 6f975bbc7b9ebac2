import assert from "node:assert/strict";
import { test } from "node:test";

import { pretty } from "../src/answers";
import { Refused } from "../src/api";
import { depthsOf, layOut } from "../src/layout-of-tables";
import { ownTime, titleOf } from "../src/plan";
import { requestOf } from "../src/questions";
import type { PlanNode, SchemaTable } from "../src/tryout";

const node = (more: Partial<PlanNode>): PlanNode => ({ "Node Type": "Seq Scan", "Plan Rows": 1, "Total Cost": 1, ...more });

const table = (name: string, ...targets: string[]): SchemaTable => ({
  name,
  columns: [{ name: "id", type: "INTEGER", required: true, key: true }],
  references: targets.map((target) => ({ columns: ["id"], table: target, their: ["id"] })),
  unique: [],
  checks: [],
});

test("a body of JSON says so, any other says nothing", () => {
  const headers = (body: string, given = ""): unknown => requestOf("POST", "/", given, body).question["headers"];
  assert.deepEqual(headers('{"a": 1}'), [["Content-Type", "application/json"]]);
  assert.deepEqual(headers("a=1"), []);
  assert.deepEqual(headers(""), []);
  assert.deepEqual(headers("[]", "content-type: text/plain"), [["content-type", "text/plain"]]);
});

test("headers stand one to a line, and what has no colon is refused", () => {
  const { question, words } = requestOf("GET", "/books", "Accept: text/html\n\n  X-A :  b: c  ", "");
  assert.deepEqual(question["headers"], [["Accept", "text/html"], ["X-A", "b: c"]]);
  assert.equal(words, "GET /books");
  assert.throws(() => requestOf("GET", "/", "Bearer abc", ""), Refused);
});

test("JSON is indented, other texts stay as they are", () => {
  assert.equal(pretty('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(pretty("<p>"), "<p>");
  assert.equal(pretty('{"a": {}, "b": [ ], "c": "x, {y}: \\"z\\""}'), '{\n  "a": {},\n  "b": [],\n  "c": "x, {y}: \\"z\\""\n}');
});

test("JSON is shown as it was sent", () => {
  assert.equal(pretty('[1.0, 12345678901234567890, "\\u00e9"]'), '[\n  1.0,\n  12345678901234567890,\n  "\\u00e9"\n]');
  assert.equal(pretty('{"a":1,"a":2}'), '{\n  "a": 1,\n  "a": 2\n}');
});

test("a step's own time is that of its loops without the steps below it", () => {
  const below = node({ "Actual Total Time": 2, "Actual Loops": 3 });
  assert.equal(ownTime(node({ "Actual Total Time": 10, "Actual Loops": 1, Plans: [below] })), 4);
  assert.equal(ownTime(node({ "Actual Total Time": 1, "Actual Loops": 1, Plans: [below] })), 0);
});

test("a step says what it does to which table", () => {
  assert.equal(titleOf(node({ "Relation Name": "orders" })), "Seq Scan of orders");
  assert.equal(titleOf(node({ "Node Type": "Hash Join", "Join Type": "Left" })), "Hash Join (Left)");
  assert.equal(titleOf(node({ "Node Type": "Hash Join", "Join Type": "Inner" })), "Hash Join");
});

test("a table stands to the right of those that it refers to", () => {
  const depths = depthsOf([table("loans", "books", "members"), table("books", "shelves"), table("members"), table("shelves")]);
  assert.deepEqual(Object.fromEntries(depths), { loans: 2, books: 1, members: 0, shelves: 0 });
});

test("circles and references to itself or to nothing end", () => {
  const depths = depthsOf([table("a", "b"), table("b", "a"), table("c", "c"), table("d", "gone")]);
  assert.equal(depths.get("c"), 0);
  assert.equal(depths.get("d"), 0);
  assert.ok((depths.get("a") ?? 9) <= 1);
});

test("no two tables stand in the same place, and each reference has its line", () => {
  const tables = [table("a"), table("b", "a"), table("c", "a", "gone"), table("d", "d")];
  const { boxes, lines, width, height } = layOut(tables);
  assert.equal(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size, 4);
  assert.equal(lines.length, 3);
  assert.ok(boxes.every((box) => box.x < width && box.y + box.height <= height));
});
