// What a tryout has answered, for people to read. All of it is hostile, and becomes text alone.

import { diagramOf } from "./diagram";
import { make } from "./dom";
import { planOf } from "./plan";
import { counted, tableOf } from "./tables";
import type { Answer, HttpExchange, Result, SampleTable } from "./tryout";

/** Headers that every answer has, or that are for connections. */
const DULL = new Set(["connection", "content-length", "date", "server"]);

/** Space, a string, an empty list or object, or a sign. */
const TOKENS = /(\s+)|"(?:[^"\\]|\\.)*"|\[\s*\]|\{\s*\}|[{}[\],:]/g;

/** One answer as a list item, its question above it. */
export function answerOf(question: string, answer: Answer): HTMLLIElement {
  const item = make("li", { class: "tryit-answer" });
  item.append(make("p", { class: "tryit-question" }, question), ...partsOf(answer));
  return item;
}

/** The answer in a few words, for the line that is read out. */
export function summaryOf(answer: Answer): string {
  const { crashed, refused, exchange, result, tables, schema } = answer;
  if (crashed) return "Your program did not start.";
  if (refused) return "Refused.";
  if (exchange?.response) return `${exchange.response.status} ${exchange.response.reason}.`;
  if (exchange) return "No answer.";
  if (result) return `${result.more ? "More than " : ""}${counted(result.rows.length, "row")}.`;
  return `${counted((tables ?? schema ?? []).length, "table")}.`;
}

function* partsOf(answer: Answer): Generator<HTMLElement> {
  if (answer.crashed) yield quoted("Your program did not start", answer.crashed);
  if (answer.refused) yield make("p", { class: "exchange-error" }, answer.refused);
  if (answer.exchange) yield* exchangeOf(answer.exchange);
  if (answer.ended) yield make("p", {}, "Your program is started anew for the next request.");
  if (answer.result) yield rowsOf(answer.result);
  if (answer.plan) yield planOf(answer.plan.Plan);
  if (answer.tables) yield* samplesOf(answer.tables);
  if (answer.schema) yield diagramOf(answer.schema);
  if (answer.output) yield quoted("Your program printed", answer.output);
}

function* exchangeOf({ response, error, seconds }: HttpExchange): Generator<HTMLElement> {
  if (error) yield make("p", { class: "exchange-error" }, error);
  if (!response) return;
  const line = make("p", { class: "tryit-status" });
  const status = make("strong", {}, `${response.status} ${response.reason}`);
  line.append(status, ` · ${(seconds * 1000).toFixed(1)} ms`);
  yield line;
  const headers = response.headers.filter(([name]) => !DULL.has(name));
  if (headers.length > 0) {
    yield quoted("Response headers", headers.map(([name, value]) => `${name}: ${value}`).join("\n"));
  }
  yield quoted("Response body", pretty(response.body) || "(empty)");
}

/** JSON with an indentation, any other text as it is. Numbers, keys and escapes stay as they were sent. */
export function pretty(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  return text.replace(TOKENS, (token, space: string | undefined) => {
    if (space !== undefined) return "";
    if (/^(\[\s*\]|\{\s*\})$/.test(token)) return token[0] === "[" ? "[]" : "{}";
    if (token === "{" || token === "[") return token + (++depth, line());
    if (token === "}" || token === "]") return (--depth, line()) + token;
    if (token === ",") return token + line();
    return token === ":" ? ": " : token;
  });
}

function rowsOf({ columns, rows, more }: Result): HTMLElement {
  const first = more ? `The first ${counted(rows.length, "row")}` : counted(rows.length, "row");
  return tableOf(first, columns, rows);
}

function* samplesOf(tables: readonly SampleTable[]): Generator<HTMLElement> {
  if (tables.length === 0) yield make("p", {}, "This exercise has no sample data.");
  for (const { name, columns, rows, count } of tables) {
    const shown = rows.length < count ? `, of which ${rows.length} are shown` : "";
    yield tableOf(`${name}: ${counted(count, "row")}${shown}`, columns, rows);
  }
}

/** A text with a heading; a long one is folded. */
function quoted(heading: string, text: string): HTMLElement {
  const pre = make("pre", { tabindex: "0", "aria-label": heading }, text);
  if (text.length < 600 && text.split("\n").length < 14) {
    const figure = make("figure", { class: "exchange-side" });
    figure.append(make("figcaption", {}, heading), pre);
    return figure;
  }
  const folded = make("details", { class: "exchange-side" });
  folded.append(make("summary", {}, `${heading} (${counted(text.split("\n").length, "line")})`), pre);
  return folded;
}
