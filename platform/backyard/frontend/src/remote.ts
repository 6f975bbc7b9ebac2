// Sends a draft to the server.

import type { Texts } from "./texts";

/** What became of a draft. */
export type Outcome =
  | { readonly kind: "saved"; readonly revision: number }
  | { readonly kind: "overtaken"; readonly revision: number; readonly files: Texts }
  /** These texts can't be kept there; others can. */
  | { readonly kind: "refused"; readonly sentence: string }
  /** It may be tried again after a while. */
  | { readonly kind: "away"; readonly sentence: string }
  /** Nothing can be kept from this page any more. */
  | { readonly kind: "ended"; readonly sentence: string };

/** Bytes that browsers let a page send after it is closed: 64 KiB for all of it. https://fetch.spec.whatwg.org/ */
const PARTING = 60 * 1024;

const AWAY = "The server can't be reached. Your work is kept in this browser and goes to the server once it can.";
const BUSY = "The server can't keep your work at the moment. It is kept in this browser, and we go on trying.";
const ENDED = "You are no longer logged in here, so your work is kept in this browser alone. Log in again and reload this page.";

/** Send texts that come after the revision `base`. Never throws. */
export async function put(url: string, csrf: string, base: number, files: Texts, parting: boolean): Promise<Outcome> {
  const body = JSON.stringify({ base, files });
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf };
  const keepalive = parting && new Blob([body]).size < PARTING;
  try {
    return await read(await fetch(url, { method: "PUT", headers, body, keepalive }));
  } catch {
    return { kind: "away", sentence: AWAY };
  }
}

async function read(answer: Response): Promise<Outcome> {
  if (answer.redirected) return { kind: "ended", sentence: ENDED };
  const said = (await answer.json().catch(() => ({}))) as { revision?: number; files?: Texts; error?: string };
  const { revision = 0, files = {}, error = BUSY } = said;
  if (answer.ok) return { kind: "saved", revision };
  if (answer.status === 409) return { kind: "overtaken", revision, files };
  if (answer.status === 422) return { kind: "refused", sentence: `Your work is kept in this browser alone. ${error}` };
  if ([400, 401, 403, 404].includes(answer.status)) return { kind: "ended", sentence: ENDED };
  return { kind: "away", sentence: BUSY };
}
