// The language of a file: its highlighting, loaded when a file of that kind is opened.

import { StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

import { textOf } from "./texts";

type Loader = () => Promise<Extension>;

const LOADERS: Readonly<Record<string, Loader>> = {
  python: async () => (await import("@codemirror/lang-python")).python(),
  sql: async () => {
    const { PostgreSQL, sql } = await import("@codemirror/lang-sql");
    return sql({ dialect: PostgreSQL });
  },
  html: async () => (await import("@codemirror/lang-html")).html(),
  css: async () => (await import("@codemirror/lang-css")).css(),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  yaml: async () => (await import("@codemirror/lang-yaml")).yaml(),
  json: async () => (await import("@codemirror/lang-json")).json(),
  markdown: async () => (await import("@codemirror/lang-markdown")).markdown(),
  dockerfile: async () =>
    StreamLanguage.define((await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile),
  toml: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/toml")).toml),
};

/** The name of a file's language, by a table of endings, and of names that have none. */
export function languageOf(name: string, table: Readonly<Record<string, string>>): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return textOf(table, last.slice(Math.max(last.lastIndexOf("."), 0))) ?? "text";
}

/** The highlighting for a language's name; plain text for one that we do not know, or can't load just now. */
export async function languageFor(name: string): Promise<Extension> {
  try {
    return (await LOADERS[name]?.()) ?? [];
  } catch {
    return [];
  }
}

/** One level of indentation, by the custom of the language. */
export function indentFor(name: string): string {
  return ["python", "sql", "dockerfile"].includes(name) ? "    " : "  ";
}
