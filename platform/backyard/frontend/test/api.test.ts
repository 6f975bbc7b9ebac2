import assert from "node:assert/strict";
import { test } from "node:test";

import { cancel, Refused, submit } from "../src/api";

const FILES = new Map([["app/models.py", "x = 'ü'\n"]]);

/** Have the server answer so; returns the requests that it got. */
function serverSays(answer: () => Response): Request[] {
  const got: Request[] = [];
  globalThis.fetch = (input, init) => {
    got.push(new Request(new URL(String(input), "http://test"), init));
    return Promise.resolve(answer());
  };
  return got;
}

async function refusal(): Promise<string> {
  try {
    await submit("/submit", FILES, "token");
  } catch (error) {
    assert.ok(error instanceof Refused);
    return error.message;
  }
  return assert.fail("the submission was accepted");
}

test("every file is a part named `files` under its own name, with the token", async () => {
  const follow = { events_url: "/s/1/events", state_url: "/s/1/state", cancel_url: "/s/1/cancel" };
  const accepted = { id: "1", url: "/s/1", ...follow };
  const got = serverSays(() => Response.json(accepted, { status: 201 }));
  const submitted = await submit("/submit", FILES, "token");
  assert.deepEqual(submitted, { events: "/s/1/events", state: "/s/1/state", cancel: "/s/1/cancel" });
  assert.equal(got[0]?.headers.get("X-CSRFToken"), "token");
  const [part] = (await got[0]?.formData())?.getAll("files") ?? [];
  assert.ok(part instanceof File);
  assert.equal(part.name, "app/models.py");
  assert.equal(await part.text(), "x = 'ü'\n");
});

test("the server's own sentence is passed on", async () => {
  serverSays(() => Response.json({ error: "The file app.py is too large." }, { status: 422 }));
  assert.equal(await refusal(), "The file app.py is too large.");
});

test("an answer without a sentence gets one of ours", async () => {
  serverSays(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  assert.match(await refusal(), /error 502/);
});

test("a server out of reach is no exception of the network's", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  assert.match(await refusal(), /can't be reached/);
});

test("a cancelling carries the token, and that the verdict was faster is no failure", async () => {
  for (const status of [204, 409]) {
    const got = serverSays(() => new Response(null, { status }));
    await cancel("/s/1/cancel", "token");
    assert.equal(got[0]?.method, "POST");
    assert.equal(got[0].headers.get("X-CSRFToken"), "token");
  }
});

test("a cancelling that the server refuses says why", async () => {
  serverSays(() => Response.json({ error: "There is nothing here." }, { status: 404 }));
  await assert.rejects(cancel("/s/1/cancel", "token"), new Refused("There is nothing here."));
});
