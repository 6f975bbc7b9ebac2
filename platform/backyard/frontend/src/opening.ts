// What stands in the editor when the page is opened: the newest of all that is kept anywhere.

import type { Kept } from "./drafts";
import { within, type Names } from "./names";
import { same, type Texts } from "./texts";

/** A version of the files that another tab or machine made. */
export interface Other {
  /** The server's revision that it is, or that it comes after. */
  readonly revision: number;
  readonly files: Texts;
  /** Whether the server has it; else the other tab is about to send it. */
  readonly isSaved: boolean;
}

/** What the page brings along. Times are milliseconds by the server's clock. */
export interface Page {
  readonly now: number;
  /** Which files the exercise takes. */
  readonly names: Names;
  readonly starter: Texts;
  readonly submitted: { readonly at: number; readonly files: Texts } | null;
  readonly draft: { readonly at: number; readonly files: Texts; readonly revision: number } | null;
  /** What the person asked for by a form without scripts: it stands above all. */
  readonly asked: Texts | null;
}

export interface Opening {
  /** Oldest first: each becomes a step in the editor, so that Undo leads back through all. */
  readonly steps: readonly Texts[];
  /** What the server has. */
  readonly saved: Texts;
  readonly revision: number;
  /** Set where both sides went on from the same text: the person has to choose. */
  readonly other: Other | null;
  readonly note: "restored" | "overtaken" | null;
}

interface Version {
  readonly from: "starter" | "submission" | "server" | "browser" | "asked";
  readonly at: number;
  readonly files: Texts;
}

/**
 * Order everything that is kept by its time.
 *
 * @param shared what this browser keeps for all its tabs
 * @param own what this very tab kept while another one had the say
 * @param clock now, in milliseconds by the browser's clock: both may differ by hours
 */
export function open(page: Page, shared: Kept | null, own: Kept | null, clock: number): Opening {
  const onServer = saved(page);
  const server: Other = { revision: page.draft?.revision ?? 0, files: onServer, isSaved: true };
  const behind = shared !== null && !follows(page.names, shared, server);
  const versions = [...stored(page), ...kept(page, shared, behind, clock), ...last(page, own)];
  const steps = distinct(versions.sort((one, two) => one.at - two.at));
  const top = steps.at(-1);
  const overtakes = behind && top?.from === "browser";
  return {
    steps: steps.map(({ files }) => files),
    saved: onServer,
    revision: server.revision,
    other: own ? rival(own, shared, server) : overtakes ? server : null,
    note: noteFor(top, behind && !overtakes, page),
  };
}

function noteFor(top: Version | undefined, overtaken: boolean, page: Page): Opening["note"] {
  if (top === undefined || top.from === "asked") return null;
  if (overtaken) return "overtaken";
  return same(top.files, page.submitted?.files ?? page.starter) ? null : "restored";
}

/** What the server would show without this browser. */
function saved(page: Page): Texts {
  const { draft, submitted } = page;
  if (draft && (!submitted || draft.at >= submitted.at)) return draft.files;
  return submitted?.files ?? page.starter;
}

/** Whether what the browser kept was typed after what the server has, whatever the clocks say. */
function follows(names: Names, { base, files, sent }: Kept, server: Other): boolean {
  const isMine = [files, sent].some((texts) => texts && same(within(names, server.files, texts), server.files));
  return isMine || base === server.revision;
}

function stored({ starter, submitted, draft, asked }: Page): Version[] {
  return [
    { from: "starter", at: -Infinity, files: starter },
    ...(submitted ? [{ from: "submission" as const, ...submitted }] : []),
    ...(draft ? [{ from: "server" as const, at: draft.at, files: draft.files }] : []),
    ...(asked ? [{ from: "asked" as const, at: Infinity, files: asked }] : []),
  ];
}

function kept(page: Page, shared: Kept | null, behind: boolean, clock: number): Version[] {
  if (!shared) return [];
  const typed = shared.at - clock + page.now;
  const at = behind ? typed : Math.max(typed, page.draft?.at ?? 0);
  return [{ from: "browser", at, files: within(page.names, saved(page), shared.files) }];
}

function last(page: Page, own: Kept | null): Version[] {
  return own ? [{ from: "browser", at: Number.MAX_VALUE, files: within(page.names, saved(page), own.files) }] : [];
}

function rival(own: Kept, shared: Kept | null, server: Other): Other | null {
  if (shared && !same(shared.files, own.files)) return { ...server, files: shared.files, isSaved: false };
  return own.base !== server.revision && !same(own.files, server.files) ? server : null;
}

/** Without those that say the same as the one after them. */
function distinct(versions: readonly Version[]): Version[] {
  return versions.filter((version, index) => {
    const next = versions[index + 1];
    return !next || !same(version.files, next.files);
  });
}
