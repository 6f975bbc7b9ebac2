// What the exercise page says of the work that the server has.

import type { Names, Rule } from "./names";
import type { Page } from "./opening";
import type { Texts } from "./texts";

/** A file as the page has it. What is null is not there: a file that somebody added may be in one version only. */
export interface PageFile {
  readonly name: string;
  /** What stands in the page for browsers without scripts: the newest on the server. */
  readonly text: string | null;
  readonly starter: string | null;
  /** What was handed in last, and what the server kept. */
  readonly submitted: string | null;
  readonly draft: string | null;
}

/** All that the page's script gets. `languages` are those of names' endings, or of names without one. */
export interface PageData {
  readonly files: readonly PageFile[];
  readonly rule: Rule;
  readonly languages: Readonly<Record<string, string>>;
}

/** Read the page. Its times are in seconds by the server's clock. */
export function pageOf({ dataset }: HTMLElement, files: readonly PageFile[], names: Names): Page {
  const starter = textsOf(files, ({ starter }) => starter);
  const submitted = textsOf(files, (file) => file.submitted ?? file.starter);
  const draft = textsOf(files, (file) => file.draft ?? file.starter);
  const { now, submittedAt, draftAt, revision, asked } = dataset;
  return {
    now: milliseconds(now),
    names,
    starter,
    submitted: submittedAt === undefined ? null : { at: milliseconds(submittedAt), files: submitted },
    draft: draftAt === undefined ? null : { at: milliseconds(draftAt), files: draft, revision: Number(revision) },
    asked: asked === undefined ? null : textsOf(files, ({ text }) => text),
  };
}

/** The texts of those files that have one. */
export function textsOf(files: readonly PageFile[], text: (file: PageFile) => string | null): Texts {
  const found = files.map((file) => [file.name, text(file)] as const);
  return Object.fromEntries(found.filter(([, text]) => text !== null)) as Texts;
}

function milliseconds(seconds: string | undefined): number {
  return 1_000 * Number(seconds);
}
