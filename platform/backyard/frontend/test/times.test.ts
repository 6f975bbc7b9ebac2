import assert from "node:assert/strict";
import { test } from "node:test";

import { precisionOf } from "../src/times";

const shown = (stated: string) => new Intl.DateTimeFormat("en-GB", { ...precisionOf(stated), timeZone: "Asia/Kolkata" }).format(new Date("2026-01-01T20:00:05Z"));

test("a time is shown as exactly as it was stated, in the reader's own zone", () => {
  assert.equal(shown("01 January 2026"), "2 Jan 2026");
  assert.equal(shown("01 January 2026, 20:00 UTC"), "2 Jan 2026, 01:30");
  assert.equal(shown("01 January 2026, 20:00:05 UTC"), "2 Jan 2026, 01:30:05");
});
