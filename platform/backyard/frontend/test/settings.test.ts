import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { wayOut } from "../src/keys";
import { settingsOf, type EditorSettings } from "../src/settings";
import { keep, Keeping, move, oldOf, parseOld, USUAL } from "../src/settings-fields";

const fetched = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetched;
});

test("the page says how the editor is set", () => {
  const page = { editorSize: "16", tabKey: "moves", editorKeys: "vim" };
  assert.deepEqual(settingsOf(page), { size: 16, tabIndents: false, keys: "vim" });
});

test("what makes no sense is as usual", () => {
  assert.deepEqual(settingsOf({}), USUAL);
  assert.deepEqual(settingsOf({ editorSize: "large", tabKey: "jumps", editorKeys: "ed" }), USUAL);
});

test("what a browser kept before is found", () => {
  assert.deepEqual(parseOld('{"size": 16, "tabIndents": false}'), { size: 16, tabIndents: false, keys: "standard" });
  assert.deepEqual(parseOld('{"size": 16}'), { ...USUAL, size: 16 });
});

test("what a browser kept that is usual, or makes no sense, is nothing to move", () => {
  for (const text of ["", "{", "null", "[]", '{"size": 900}', '{"size": "16"}', '{"size": null, "tabIndents": true}']) {
    assert.equal(parseOld(text), null);
  }
});

test("settings are sent as the form of the account's page sends them", async () => {
  let sent: RequestInit = {};
  globalThis.fetch = async (_, request = {}) => {
    sent = request;
    return new Response(null, { status: 204 });
  };
  assert.equal(await keep("/account/editor", "token", { size: 16, tabIndents: false, keys: "vim" }), null);
  assert.equal(String(sent.body), "size=16&tab=moves&keys=vim");
  assert.equal(await keep("/account/editor", "token", USUAL), null);
  assert.equal(String(sent.body), "size=&tab=indents&keys=standard");
});

test("what a browser kept moves to an account that has nothing of its own, and is forgotten", async () => {
  const moved = async (old: string, settings: EditorSettings, trouble: string | null = null) => {
    const heard: string[] = [];
    const send = async () => {
      heard.push("sent");
      return trouble;
    };
    await move(oldOf(old, settings), send, ({ size }) => heard.push(`used ${size}`), () => heard.push("forgotten"));
    return heard;
  };
  assert.deepEqual(await moved('{"size": 16}', USUAL), ["used 16", "sent", "forgotten"]);
  assert.deepEqual(await moved('{"size": 16}', USUAL, "The server is away."), ["used 16", "sent"]);
  assert.deepEqual(await moved('{"size": 16}', { ...USUAL, keys: "vim" }), ["forgotten"]);
  assert.deepEqual(await moved("{", USUAL), ["forgotten"]);
});

test("what goes wrong is said, with what it means", async () => {
  const said = async (answer: () => Promise<Response>) => {
    globalThis.fetch = answer;
    return keep("/account/editor", "token", USUAL);
  };
  const status = (code: number) => async () => new Response("{}", { status: code });
  assert.match((await said(() => Promise.reject(new TypeError()))) ?? "", /can't be reached.* on this page until/);
  assert.match((await said(status(401))) ?? "", /no longer logged in.* on this page until/);
  assert.match((await said(status(429))) ?? "", /couldn't keep.* on this page until.*Try again/);
  assert.match((await said(status(500))) ?? "", /couldn't keep/);
});

test("the way out of the editor is told for all settings", () => {
  assert.match(wayOut(USUAL), /Escape, then Tab/);
  assert.match(wayOut({ ...USUAL, tabIndents: false }), /^Tab leaves/);
  for (const tabIndents of [true, false]) assert.match(wayOut({ size: null, tabIndents, keys: "vim" }), /^Vim keys: Escape, then Tab leaves/);
});

test("a change sends what was changed alone, so that what another machine chose stays", async () => {
  let sent: RequestInit = {};
  globalThis.fetch = async (_, request = {}) => {
    sent = request;
    return new Response(null, { status: 204 });
  };
  await keep("/account/editor", "token", { size: null });
  assert.equal(String(sent.body), "size=");
});

test("of changes that overtake each other on their way the last one stands", async () => {
  const answers: (() => void)[] = [];
  const sent: unknown[] = [];
  const told: unknown[] = [];
  const put = (change: unknown) => {
    sent.push(change);
    return new Promise<null>((resolve) => answers.push(() => resolve(null)));
  };
  const keeping = new Keeping(put, (trouble) => told.push(trouble));
  keeping.send({ size: 16 });
  keeping.send({ size: 18 });
  answers[1]?.();
  answers[0]?.();
  await new Promise(setImmediate);
  assert.deepEqual([sent.at(-1), told], [{ size: 18 }, []]);
  answers[2]?.();
  await new Promise(setImmediate);
  assert.deepEqual([sent.length, told], [3, [null]]);
});
