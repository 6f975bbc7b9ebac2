import assert from "node:assert/strict";
import { mock, test } from "node:test";

import type { Other } from "../src/opening";
import type { Outcome } from "../src/remote";
import { Saving } from "../src/saving";
import { same, type Texts } from "../src/texts";

const as = (text: string): Texts => ({ "a.py": text });

/** A server as ours is: a save must name the revision that it comes after. */
class Server {
  revision = 0;
  files: Texts = as("starter");
  saves = 0;
  fails: Outcome | null = null;

  save(base: number, files: Texts): Outcome {
    this.saves += 1;
    if (this.fails) return this.fails;
    if (base !== this.revision) return { kind: "overtaken", revision: this.revision, files: this.files };
    this.files = files;
    return { kind: "saved", revision: ++this.revision };
  }
}

/** A tab on that server. */
class Tab {
  text = "starter";
  other: Other | null = null;
  troubles: (string | null)[] = [];
  /** Its answers get lost, as when the page is closed. */
  deaf = false;
  readonly saving: Saving;

  constructor(server: Server) {
    this.text = server.files["a.py"] ?? "";
    this.saving = new Saving(server.revision, server.files, null, {
      texts: () => as(this.text),
      put: (base, files) => {
        const outcome = server.save(base, files);
        return Promise.resolve(this.deaf ? { kind: "away", sentence: "lost" } : outcome);
      },
      told: (trouble) => this.troubles.push(trouble),
      met: (other) => (this.other = other),
      saved: () => undefined,
    });
  }

  async type(text: string, milliseconds = 1_600): Promise<void> {
    this.text = text;
    this.saving.changed();
    await pass(milliseconds);
  }
}

async function pass(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function inTime(name: string, body: (server: Server) => Promise<void>): void {
  test(name, async () => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    try {
      await body(new Server());
    } finally {
      mock.timers.reset();
    }
  });
}

inTime("what was typed is on the server within two seconds", async (server) => {
  const tab = new Tab(server);
  await tab.type("x", 2_000);
  assert.deepEqual([server.files, server.revision], [as("x"), 1]);
  assert.equal(tab.saving.isDone, true);
});

inTime("keys in a row are one save", async (server) => {
  const tab = new Tab(server);
  for (let key = 0; key < 10; key += 1) await tab.type(`x${key}`, 50);
  await pass(2_000);
  assert.deepEqual([server.saves, server.files], [1, as("x9")]);
});

inTime("whoever types on is saved each second all the same", async (server) => {
  const tab = new Tab(server);
  for (let key = 0; key < 10; key += 1) await tab.type(`x${key}`, 600);
  assert.equal(server.saves, 5);
  await pass(2_000);
  assert.deepEqual([server.saves, server.files], [5, as("x9")]);
});

inTime("what the server has is not sent again", async (server) => {
  const tab = new Tab(server);
  await tab.type("starter");
  assert.equal(server.saves, 0);
});

inTime("a second tab is told of the first one's work, and writes nothing over it", async (server) => {
  const [one, two] = [new Tab(server), new Tab(server)];
  await one.type("one");
  await two.type("two");
  assert.deepEqual(two.other, { revision: 1, files: as("one"), isSaved: true });
  await two.type("two and more", 60_000);
  assert.deepEqual(server.files, as("one"));
});

inTime("keeping mine saves it over the other, and taking the other's saves nothing", async (server) => {
  const [one, two] = [new Tab(server), new Tab(server)];
  await one.type("one");
  await two.type("two");
  two.saving.settle();
  await pass(0);
  assert.deepEqual([server.files, two.other], [as("two"), null]);
  await one.type("one more");
  one.text = "two";
  one.saving.settle();
  await pass(10_000);
  assert.deepEqual([server.revision, one.other, one.saving.isDone], [2, null, true]);
});

inTime("two tabs of one browser hear of each other before anything is saved", async (server) => {
  const [one, two] = [new Tab(server), new Tab(server)];
  one.text = "one";
  two.saving.hear({ revision: 0, files: as("one"), isSaved: false });
  assert.equal(two.other?.isSaved, false);
  await two.type("two", 60_000);
  assert.equal(server.saves, 0);
});

inTime("a tab with the very same text has nothing to choose", async (server) => {
  const [one, two] = [new Tab(server), new Tab(server)];
  await one.type("same");
  two.text = "same";
  two.saving.hear({ revision: 1, files: as("same"), isSaved: true });
  assert.deepEqual([two.other, two.saving.base, two.saving.isDone], [null, 1, true]);
});

inTime("what it hears from before its own save is old news", async (server) => {
  const tab = new Tab(server);
  await tab.type("mine");
  tab.saving.hear({ revision: 0, files: as("older"), isSaved: false });
  assert.equal(tab.other, null);
});

inTime("a save whose answer was lost is nobody else's work", async (server) => {
  const tab = new Tab(server);
  tab.deaf = true;
  await tab.type("first");
  tab.deaf = false;
  await tab.type("second", 10_000);
  assert.equal(tab.other, null);
  assert.deepEqual([server.files, server.revision], [as("second"), 2]);
});

inTime("while the server is away it is tried again, and then all is well", async (server) => {
  const tab = new Tab(server);
  server.fails = { kind: "away", sentence: "away" };
  await tab.type("x", 20_000);
  assert.ok(server.saves < 6);
  server.fails = null;
  await pass(6_000);
  assert.deepEqual([server.files, tab.troubles.at(-1)], [as("x"), null]);
});

inTime("what is refused is not sent again, until it is another text", async (server) => {
  const tab = new Tab(server);
  server.fails = { kind: "refused", sentence: "too large" };
  await tab.type("xxx", 60_000);
  tab.saving.changed();
  await pass(60_000);
  assert.deepEqual([server.saves, tab.troubles.at(-1)], [1, "too large"]);
  server.fails = null;
  await tab.type("x");
  assert.ok(same(server.files, as("x")));
});

inTime("a trouble is over when what caused it was undone", async (server) => {
  const tab = new Tab(server);
  server.fails = { kind: "refused", sentence: "too large" };
  await tab.type("xxx");
  tab.text = "starter";
  await tab.saving.save();
  assert.deepEqual([server.saves, tab.troubles.at(-1)], [1, null]);
});

inTime("after a log-out nothing more is sent", async (server) => {
  const tab = new Tab(server);
  server.fails = { kind: "ended", sentence: "log in" };
  await tab.type("x");
  await tab.type("y", 60_000);
  assert.equal(server.saves, 1);
});

inTime("a server that has lost the draft gets it anew", async (server) => {
  server.revision = 4;
  const tab = new Tab(server);
  [server.revision, server.files] = [0, {}];
  await tab.type("x", 5_000);
  assert.deepEqual([server.files, tab.other], [as("x"), null]);
});
