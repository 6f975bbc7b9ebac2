// What the exercise page says of the work that the server has.

import type { CodeFile } from "./code";
import type { Page } from "./opening";
import type { Texts } from "./texts";

/** Read the page. Its times are in seconds by the server's clock. */
export function pageOf({ dataset }: HTMLElement, files: readonly CodeFile[]): Page {
  const starter = textsOf(files, ({ starter }) => starter);
  const submitted = textsOf(files, (file) => file.submitted ?? file.starter);
  const draft = textsOf(files, (file) => file.draft ?? file.starter);
  const { now, submittedAt, draftAt, revision, asked } = dataset;
  return {
    now: milliseconds(now),
    starter,
    submitted: submittedAt === undefined ? null : { at: milliseconds(submittedAt), files: submitted },
    draft: draftAt === undefined ? null : { at: milliseconds(draftAt), files: draft, revision: Number(revision) },
    asked: asked === undefined ? null : textsOf(files, ({ text }) => text),
  };
}

function textsOf(files: readonly CodeFile[], text: (file: CodeFile) => string): Texts {
  return Object.fromEntries(files.map((file) => [file.name, text(file)]));
}

function milliseconds(seconds: string | undefined): number {
  return 1_000 * Number(seconds);
}
