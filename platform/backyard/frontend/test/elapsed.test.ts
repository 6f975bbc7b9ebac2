import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Elapsed, inWords } from "../src/elapsed";

const slot = { textContent: "" } as HTMLElement;

beforeEach(() => {
  slot.textContent = "";
  mock.timers.enable({ apis: ["setInterval", "Date"], now: 1_000_000 });
});

afterEach(() => mock.timers.reset());

test("a moment is not worth a word", () => {
  new Elapsed(slot).from(0);
  mock.timers.tick(4_000);
  assert.equal(slot.textContent, "");
});

test("who waits longer is told how long, until it is over", () => {
  const elapsed = new Elapsed(slot);
  elapsed.from(0);
  mock.timers.tick(7_000);
  assert.equal(slot.textContent, "7 s so far.");
  elapsed.stop();
  mock.timers.tick(7_000);
  assert.equal(slot.textContent, "");
});

test("what began before the page was loaded counts from its beginning", () => {
  new Elapsed(slot).from(60);
  mock.timers.tick(5_000);
  assert.equal(slot.textContent, "1 min 5 s so far.");
});

test("long waits are told in minutes and hours", () => {
  assert.deepEqual([59, 60, 3_599, 3_600, 3_780].map(inWords), ["59 s", "1 min 0 s", "59 min 59 s", "1 h 0 min", "1 h 3 min"]);
});
