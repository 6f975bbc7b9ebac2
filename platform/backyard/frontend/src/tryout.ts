// A tryout on the server: started with files, asked, and heard.

import { Refused, reason, send } from "./api";
import type { Texts } from "./texts";

/** A request, a statement, or nothing at all: as the exercise's kind wants it. */
export type Question = Readonly<Record<string, unknown>>;

export interface HttpExchange {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status: number;
    readonly reason: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  } | null;
  readonly error: string | null;
  readonly seconds: number;
}

export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly more: boolean;
}

export interface SampleTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly count: number;
}

/** A node of `EXPLAIN (FORMAT JSON, ANALYZE)`. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Join Type"?: string;
  readonly "Plan Rows": number;
  readonly "Total Cost": number;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Actual Total Time"?: number;
  readonly Filter?: string;
  readonly "Index Cond"?: string;
  readonly "Hash Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

export interface SchemaTable {
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly required: boolean;
    readonly key: boolean;
  }[];
  readonly references: readonly {
    readonly columns: readonly string[];
    readonly table: string;
    readonly their: readonly string[];
  }[];
  readonly unique: readonly (readonly string[])[];
  readonly checks: readonly string[];
}

export interface Answer {
  readonly exchange?: HttpExchange;
  /** The program has gone with this; it is started anew for the next question. */
  readonly ended?: boolean;
  /** It did not start. */
  readonly crashed?: string;
  readonly refused?: string;
  readonly output?: string;
  readonly result?: Result;
  readonly plan?: { readonly Plan: PlanNode };
  readonly tables?: readonly SampleTable[];
  readonly schema?: readonly SchemaTable[];
}

/** What an answer waits for: a sandbox, somebody who has one, or itself. */
export type Waits = "waiting" | "away" | "open";

interface Heard {
  readonly answer: Answer | null;
  readonly state: Waits | "over";
  readonly reason: string;
}

interface Started {
  readonly ask_url: string;
  readonly close_url: string;
}

/** Milliseconds between two questions for an answer; the server itself waits for one that is on its way. */
const PAUSE = 100;
const LONG_PAUSE = 500;

/** The tryout has ended; the message says why. */
export class Over extends Error {}

export class Tryout {
  isClosed = false;

  private constructor(
    private readonly urls: Started,
    private readonly csrf: string,
  ) {}

  /** Put files to work; what was tried before ends. Throws Refused. */
  static async start(url: string, files: Texts, csrf: string): Promise<Tryout> {
    const form = new FormData();
    for (const [name, text] of Object.entries(files)) form.append("files", new Blob([text]), name);
    const answer = await send(url, csrf, form);
    if (answer.status !== 201) throw new Refused(await reason(answer));
    return new Tryout((await answer.json()) as Started, csrf);
  }

  /** End it, also while the page is being left. What comes of it is nobody's concern: it ends by itself, later. */
  close(): void {
    this.isClosed = true;
    const headers = { Accept: "application/json", "X-CSRFToken": this.csrf };
    void fetch(this.urls.close_url, { method: "POST", headers, keepalive: true }).catch(() => null);
  }

  /** The answer to a question. `told` hears while it is waited for. Throws Refused and Over. */
  async ask(question: Question, told: (state: Waits) => void): Promise<Answer> {
    const asked = await send(this.urls.ask_url, this.csrf, JSON.stringify(question), "application/json");
    if (asked.status === 404) throw new Over("");
    if (asked.status !== 202) throw new Refused(await reason(asked));
    const { answer_url: url } = (await asked.json()) as { answer_url: string };
    for (;;) {
      const heard = await this.#hear(url);
      if (heard.answer) return heard.answer;
      if (heard.state === "over") throw new Over(heard.reason);
      told(heard.state);
      await new Promise((done) => setTimeout(done, heard.state === "open" ? PAUSE : LONG_PAUSE));
    }
  }

  /** The server waits a moment before it says that there is nothing yet. */
  async #hear(url: string): Promise<Heard> {
    const answer = await send(url, this.csrf);
    if (answer.status === 404) throw new Over("");
    if (!answer.ok) throw new Refused(await reason(answer));
    return (await answer.json()) as Heard;
  }
}
