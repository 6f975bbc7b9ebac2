import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, type Kept, type Store } from "../src/drafts";

class Memory implements Store {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): unknown => this.items.set(key, value);
  removeItem = (key: string): unknown => this.items.delete(key);
}

const KEPT: Kept = { base: 3, at: 1_000, files: { "query.sql": "select 1" } };

function draftsIn(store: Store, user = "ada", exercise = "sql/joins"): Drafts {
  return new Drafts(() => store, user, exercise);
}

test("a draft is read back by the same person for the same exercise only", () => {
  const store = new Memory();
  draftsIn(store).write(KEPT);
  assert.deepEqual(draftsIn(store).read(), KEPT);
  assert.equal(draftsIn(store, "bob").read(), null);
  assert.equal(draftsIn(store, "ada", "sql/other").read(), null);
});

test("what is cleared leaves nothing behind", () => {
  const store = new Memory();
  draftsIn(store).write(KEPT);
  draftsIn(store).clear();
  assert.equal(store.items.size, 0);
});

test("work that an earlier version of this site kept is found, and cleared with the rest", () => {
  const store = new Memory();
  store.setItem("backyard:draft:ada:sql/joins:query.sql", "select 'old'");
  const found = draftsIn(store).read(["query.sql", "other.sql"]);
  assert.deepEqual([found?.base, found?.files], [0, { "query.sql": "select 'old'" }]);
  draftsIn(store).clear(["query.sql"]);
  assert.equal(store.items.size, 0);
});

test("what nobody can read is no draft", () => {
  const store = new Memory();
  for (const text of ["{", "null", "[]", '"x"']) {
    store.setItem("backyard:draft:ada:sql/joins", text);
    assert.equal(draftsIn(store).read(), null);
  }
});

test("a browser without storage is reported and harms nothing", () => {
  const drafts = new Drafts(
    () => {
      throw new Error("blocked");
    },
    "ada",
    "sql/joins",
  );
  drafts.write(KEPT);
  drafts.clear();
  assert.equal(drafts.read(), null);
  assert.equal(drafts.kept, false);
});
