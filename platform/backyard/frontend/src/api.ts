// Sends a submission to the server.

import type { Sources } from "./channel";

/** The submission was not accepted; the message is a sentence for the person. */
export class Refused extends Error {}

/** What we need of the answer to an accepted submission. */
interface Accepted {
  readonly events_url: string;
  readonly state_url: string;
  readonly cancel_url: string;
}

/** Where to follow a submission that was accepted, and where to cancel it. */
export interface Submitted extends Sources {
  readonly cancel: string;
}

const OFFLINE = "The server can't be reached. Your work is kept in this browser; try again in a moment.";

/** Sentences for answers that carry none of the server's own. */
function sentenceFor(status: number): string {
  if (status === 401 || status === 403) {
    return "You are no longer logged in. Log in again; your work is kept in this browser.";
  }
  if (status === 413) return "Your files are too large to be sent.";
  if (status === 429) return "That was too many submissions at once. Wait a minute, then try again.";
  return `The server couldn't take the submission (error ${status}). Try again in a moment.`;
}

/** The server's own sentence, if the answer has one. */
export async function reason(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const stated = body !== null && typeof body === "object" && "error" in body ? body.error : null;
  return typeof stated === "string" && stated !== "" ? stated : sentenceFor(answer.status);
}

function formOf(files: ReadonlyMap<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of files) form.append("files", new Blob([text], { type: "text/plain" }), name);
  return form;
}

/** What the server answers to a POST of `body`, or where there is none, to a GET. Throws Refused when it is out of reach. */
export async function send(url: string, csrf: string, body?: BodyInit, type?: string): Promise<Response> {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf, ...(type ? { "Content-Type": type } : {}) };
  const request = body === undefined ? { headers } : { method: "POST", headers, body };
  const answer = await fetch(url, request).catch(() => {
    throw new Refused(OFFLINE);
  });
  if (answer.redirected) throw new Refused(sentenceFor(401)); // to the log-in page
  return answer;
}

/**
 * Submit files by name and return where to follow what becomes of them.
 * Throws Refused, with a sentence, when the server is out of reach or says no.
 */
export async function submit(url: string, files: ReadonlyMap<string, string>, csrf: string): Promise<Submitted> {
  const answer = await send(url, csrf, formOf(files));
  if (answer.status !== 201) throw new Refused(await reason(answer));
  const accepted = (await answer.json()) as Accepted;
  return { events: accepted.events_url, state: accepted.state_url, cancel: accepted.cancel_url };
}

/**
 * Cancel a submission. What comes of it is told by its events, also where the verdict was faster.
 * Throws Refused, with a sentence, when the server is out of reach or says no.
 */
export async function cancel(url: string, csrf: string): Promise<void> {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(url, { method: "POST", headers }).catch(() => {
    throw new Refused(OFFLINE);
  });
  if (!answer.ok && answer.status !== 409) throw new Refused(await reason(answer));
}
