// From what stands in the form to a question.

import { Refused } from "./api";
import type { Texts } from "./texts";
import type { Question } from "./tryout";

export interface Asked {
  readonly question: Question;
  /** The question for people. */
  readonly words: string;
}

type Header = readonly [string, string];

/**
 * The question that a form asks; `action` names the button that was pressed, null for its main one.
 * Throws Refused, with a sentence.
 */
export function questionOf(kind: string, form: HTMLFormElement, action: string | null, files: Texts): Asked {
  const field = (name: string): string => String(new FormData(form).get(name) ?? "");
  if (kind === "http") return requestOf(field("method"), field("path"), field("headers"), field("body"));
  if (kind === "schema") return { question: {}, words: "My schema" };
  if (action === "sample") return { question: {}, words: "The sample data" };
  const own = action === "mine";
  const statement = own ? (Object.values(files)[0] ?? "") : field("statement");
  if (statement.trim() === "") throw new Refused(own ? "Your file is empty." : "Write a statement first.");
  return { question: { statement }, words: own ? "My query" : statement.trim() };
}

/** A request; what has a body of JSON says so, unless it says something else. */
export function requestOf(method: string, path: string, headers: string, body: string): Asked {
  const given = headersOf(headers);
  const isSaid = given.some(([name]) => name.toLowerCase() === "content-type");
  const more: Header[] = body !== "" && !isSaid && isJson(body) ? [["Content-Type", "application/json"]] : [];
  return { question: { method, path, headers: [...given, ...more], body }, words: `${method} ${path}` };
}

function headersOf(text: string): Header[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new Refused(`This header has no colon: “${line.trim()}”. Write one such as “Accept: text/html”.`);
    }
    return [name, value];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
