import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Channel } from "../src/channel";
import type { LiveEvent } from "../src/events";

const SOURCES = { events: "/events", state: "/state" };
const QUEUED = { state: "queued", phase: "", position: 2, grader: "ok", label: "Second in line." } as const;

/** Stands in for the browser's stream: a test says what arrives on it. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 0;

  constructor(readonly url: string) {
    super();
    Stream.all.push(this);
  }

  close(): void {
    this.readyState = Stream.CLOSED;
  }

  say(event: string, id: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data), lastEventId: id }));
  }

  open(): void {
    this.dispatchEvent(new Event("open"));
  }

  fail(): void {
    this.dispatchEvent(new Event("error"));
  }
}

type Page = { status?: number; events?: unknown[]; done?: boolean };
let pages: Page[] = [];
let asked: string[] = [];
let heard: LiveEvent[] = [];
let troubles: (string | null)[] = [];

function answer(url: string): Promise<Response> {
  asked.push(url);
  const { status = 200, events = [], done = false } = pages.shift() ?? {};
  return Promise.resolve(new Response(JSON.stringify({ events, done }), { status }));
}

function opened(): { channel: Channel; stream: Stream } {
  const channel = new Channel(SOURCES, {
    hear: (event) => heard.push(event),
    trouble: (sentence) => troubles.push(sentence),
  });
  channel.start();
  const stream = Stream.all.at(-1);
  assert.ok(stream);
  return { channel, stream };
}

/** Let promises settle, then let the clock run. */
async function pass(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  mock.timers.tick(milliseconds);
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  Stream.all = [];
  [pages, asked, heard, troubles] = [[], [], [], []];
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  Object.assign(globalThis, { EventSource: Stream, fetch: answer });
});

afterEach(() => mock.timers.reset());

test("what the stream says is heard, and nothing is polled", async () => {
  const { channel, stream } = opened();
  stream.say("state", "1", QUEUED);
  await pass(60_000);
  assert.deepEqual(heard, [{ event: "state", data: QUEUED }]);
  assert.deepEqual(asked, []);
  channel.stop();
});

for (const last of ["verdict", "cancelled"]) {
  test(`the stream is closed after the event "${last}"`, () => {
    const { stream } = opened();
    stream.say(last, "9", {});
    assert.equal(stream.readyState, Stream.CLOSED);
  });
}

test("a stream that fails before it said anything is polled at once", async () => {
  pages = [{ events: [{ id: 1, event: "state", data: QUEUED }] }];
  const { channel, stream } = opened();
  stream.fail();
  await pass(0);
  assert.deepEqual(asked, ["/state?after="]);
  assert.equal(heard.length, 1);
  channel.stop();
});

test("a stream that worked may break twice before polling goes on after its last event", async () => {
  const { channel, stream } = opened();
  stream.say("state", "7", QUEUED);
  stream.fail();
  stream.fail();
  assert.deepEqual(asked, []);
  stream.fail();
  await pass(0);
  assert.deepEqual(asked, ["/state?after=7"]);
  channel.stop();
});

test("streams that end after their full life are no failures, however many are quiet", async () => {
  const { channel, stream } = opened();
  stream.say("state", "7", QUEUED);
  for (let count = 0; count < 5; count += 1) {
    stream.open();
    await pass(55_000);
    stream.fail();
  }
  await pass(0);
  assert.deepEqual(asked, []);
  channel.stop();
});

test("streams that open and break soon are failures", async () => {
  const { channel, stream } = opened();
  stream.say("state", "7", QUEUED);
  for (let count = 0; count < 3; count += 1) {
    stream.open();
    await pass(3_000);
    stream.fail();
  }
  await pass(0);
  assert.deepEqual(asked, ["/state?after=7"]);
  channel.stop();
});

test("time without a connection is no life of a stream", async () => {
  const { channel, stream } = opened();
  stream.say("state", "7", QUEUED);
  stream.open();
  for (let count = 0; count < 4; count += 1) {
    await pass(55_000);
    stream.fail();
  }
  await pass(0);
  assert.deepEqual(asked, ["/state?after=7"]);
  channel.stop();
});

test("a stream that stays silent is given up", async () => {
  const { channel } = opened();
  await pass(8_000);
  assert.deepEqual(asked, ["/state?after="]);
  channel.stop();
});

test("polling slows down while nothing new comes, and is quick again when something does", async () => {
  const { channel, stream } = opened();
  stream.fail();
  for (let second = 0; second < 60; second += 1) await pass(1_000);
  const quiet = asked.length;
  assert.ok(quiet < 20, `${quiet} questions in a quiet minute`);
  pages = [{ events: [{ id: 3, event: "state", data: QUEUED }] }];
  for (let second = 0; second < 5 && heard.length === 0; second += 1) await pass(1_000);
  assert.equal(heard.length, 1);
  const before = asked.length;
  await pass(500);
  assert.equal(asked.length, before + 1);
  channel.stop();
});

test("polling ends with the verdict", async () => {
  pages = [{ events: [{ id: 3, event: "verdict", data: { verdict: "failed" } }], done: true }];
  const { stream } = opened();
  stream.fail();
  await pass(0);
  await pass(10_000);
  assert.equal(asked.length, 1);
});

test("a lost connection is said, tried again, and said to be fine", async () => {
  pages = [{ status: 502 }, {}];
  const { channel, stream } = opened();
  stream.fail();
  await pass(0);
  assert.match(troubles[0] ?? "", /connection is lost/);
  await pass(1_000);
  assert.equal(troubles.at(-1), null);
  channel.stop();
});

test("a result that may not be read is not asked for again", async () => {
  pages = [{ status: 404 }];
  const { stream } = opened();
  stream.fail();
  await pass(0);
  await pass(60_000);
  assert.equal(asked.length, 1);
  assert.match(troubles.at(-1) ?? "", /can't be read/);
});
