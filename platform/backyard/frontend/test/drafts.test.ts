import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, type Store } from "../src/drafts";

class Memory implements Store {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): unknown => this.items.set(key, value);
  removeItem = (key: string): unknown => this.items.delete(key);
}

test("a draft is read back by the same person for the same exercise and file only", () => {
  const store = new Memory();
  new Drafts(() => store, "ada", "sql/joins").write("query.sql", "select 1", "");
  const read = (user: string, exercise: string, file: string): string | null =>
    new Drafts(() => store, user, exercise).read(file);
  assert.equal(read("ada", "sql/joins", "query.sql"), "select 1");
  assert.equal(read("bob", "sql/joins", "query.sql"), null);
  assert.equal(read("ada", "sql/other", "query.sql"), null);
  assert.equal(read("ada", "sql/joins", "other.sql"), null);
});

test("text that the server has leaves no draft behind", () => {
  const store = new Memory();
  const drafts = new Drafts(() => store, "ada", "sql/joins");
  drafts.write("query.sql", "select 1", "");
  drafts.write("query.sql", "select 1", "select 1");
  assert.equal(store.items.size, 0);
});

test("an emptied file is a draft too", () => {
  const store = new Memory();
  const drafts = new Drafts(() => store, "ada", "sql/joins");
  drafts.write("query.sql", "", "select 1");
  assert.equal(drafts.read("query.sql"), "");
});

test("a browser without storage is reported and harms nothing", () => {
  const drafts = new Drafts(
    () => {
      throw new Error("blocked");
    },
    "ada",
    "sql/joins",
  );
  drafts.write("query.sql", "select 1", "");
  assert.equal(drafts.read("query.sql"), null);
  assert.equal(drafts.kept, false);
});
