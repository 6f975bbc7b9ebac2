// A part of a page that says what is under way: loaded anew until the server says that it is over.

import { serverHtml } from "./dom";
import { localTimes } from "./times";

const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/** Follow the page's one such part, if it has one. What fails is tried again, less often. */
export function followLive(shown = "", pause = PAUSE_MS): void {
  const part = document.querySelector<HTMLElement>("#live[data-live]");
  if (part) setTimeout(() => void renew(part, shown, pause), pause);
}

async function renew(part: HTMLElement, shown: string, pause: number): Promise<void> {
  const fresh = await load(part.id).catch(() => null);
  if (!fresh) return followLive(shown, Math.min(pause * 2, LONGEST_PAUSE_MS));
  const html = fresh.outerHTML;
  if (html !== shown) {
    localTimes(fresh);
    part.replaceWith(fresh);
  }
  followLive(html);
}

/** The part as it is in the page now. */
async function load(id: string): Promise<HTMLElement | null> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  return answer.ok ? serverHtml(await answer.text()).querySelector<HTMLElement>(`#${id}`) : null;
}
