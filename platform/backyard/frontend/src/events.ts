// What the server tells about one submission while it is graded, over SSE or polling alike.

export type Verdict =
  | "passed"
  | "failed"
  | "timeout"
  | "out_of_memory"
  | "output_limit"
  | "crashed"
  | "invalid"
  | "judge_error";

export interface StateData {
  readonly state: "queued" | "running" | "done" | "cancelled";
  readonly phase: string;
  readonly position: number | null;
  readonly grader: "ok" | "away";
  /** A sentence for people. */
  readonly label: string;
}

export interface TestData {
  readonly id: string;
  readonly position: number;
  readonly outcome: "passed" | "failed" | "error" | "skipped" | "not_run";
  /** The test's `<li>`. */
  readonly html: string;
}

/** What the last event of a submission carries. */
export interface EndData {
  /** The summary block. */
  readonly html: string;
  /** The verdict page. */
  readonly url: string;
  /** Where the same files are handed in again, if they may be. */
  readonly again_url: string | null;
}

export interface VerdictData extends EndData {
  readonly verdict: Verdict;
  /** Percent, 0 to 100. */
  readonly score: number;
  readonly points: number;
  readonly max_points: number;
}

interface DataOf {
  readonly state: StateData;
  readonly test: TestData;
  /** A new attempt began: what was shown of the former one no longer counts. */
  readonly reset: Readonly<Record<string, never>>;
  readonly verdict: VerdictData;
  readonly cancelled: EndData;
}

export type EventName = keyof DataOf;
export type LiveEvent = {
  [Name in EventName]: { readonly event: Name; readonly data: DataOf[Name] };
}[EventName];

export const EVENT_NAMES: readonly EventName[] = ["state", "test", "reset", "verdict", "cancelled"];

/** Nothing comes after these. */
export const LAST: ReadonlySet<EventName> = new Set(["verdict", "cancelled"]);

const WORDS: Readonly<Record<Verdict, string>> = {
  passed: "✓ Passed",
  failed: "✗ Failed",
  timeout: "✗ Timed out",
  out_of_memory: "✗ Out of memory",
  output_limit: "✗ Too much output",
  crashed: "✗ Crashed",
  invalid: "✗ Not accepted",
  judge_error: "! Not graded",
};

/** The verdict in the words of a page title. */
export function verdictWords(verdict: Verdict, isRun: boolean): string {
  return isRun && verdict === "passed" ? "✓ Visible tests passed" : WORDS[verdict];
}
