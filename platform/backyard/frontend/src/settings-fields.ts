// The fields in which the editor is set, and what takes them to the account. Loaded when they are opened.

import { make, meta } from "./dom";
import type { EditorSettings } from "./settings";

export const SIZES: readonly number[] = [12, 13, 14, 15, 16, 18, 20, 24];
export const USUAL: EditorSettings = { size: null, tabIndents: true, keys: "standard" };

/** Hears how the editor is to be. */
type Use = (settings: EditorSettings) => void;

/** As `keep` does, to where the page's account is. */
type Send = (settings: EditorSettings) => Promise<string | null>;

const KEPT = "Kept, for all exercises and on all your devices.";
const HOLDS = "They hold on this page until you leave it.";
const AWAY = `The server can't be reached, so your settings are not kept. ${HOLDS}`;
const ENDED = `You are no longer logged in here, so your settings are not kept. ${HOLDS}`;
const BUSY = `The server couldn't keep your settings. ${HOLDS} Try again in a minute.`;

/** What a browser kept, as far as it makes sense; null where that is nothing or the usual. */
export function parseOld(text: string): EditorSettings | null {
  try {
    const found = JSON.parse(text) as Partial<EditorSettings> | null;
    const size = SIZES.find((one) => one === found?.size) ?? null;
    const old = { ...USUAL, size, tabIndents: found?.tabIndents !== false };
    return isUsual(old) ? null : old;
  } catch {
    return null;
  }
}

function isUsual({ size, tabIndents, keys }: EditorSettings): boolean {
  return size === null && tabIndents && keys === "standard";
}

/** Keep settings with the account. Returns what went wrong, as a sentence, or null. Never throws. */
export async function keep(url: string, csrf: string, settings: EditorSettings): Promise<string | null> {
  const { size, tabIndents, keys } = settings;
  const body = new URLSearchParams({ size: String(size ?? ""), tab: tabIndents ? "indents" : "moves", keys });
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  try {
    // It arrives even where the page is left at once.
    const answer = await fetch(url, { method: "POST", headers, body, keepalive: true });
    if (answer.ok && !answer.redirected) return null;
    return answer.redirected || [400, 401, 403].includes(answer.status) ? ENDED : BUSY;
  } catch {
    return AWAY;
  }
}

/**
 * Move what a browser kept to an account that has the usual settings still. Returns how the editor is set then.
 * `forget` is called unless it has to be tried again.
 */
export async function move(
  old: string,
  settings: EditorSettings,
  send: Send,
  use: Use,
  forget: () => void,
): Promise<EditorSettings> {
  const found = isUsual(settings) ? parseOld(old) : null;
  if (found) use(found);
  if (found === null || (await send(found)) === null) forget();
  return found ?? settings;
}

/** Put the fields into the box, and before that, move what this browser kept, where there is something. */
export async function fill(
  box: HTMLDetailsElement,
  settings: EditorSettings,
  old: string | null,
  forget: () => void,
  url: string,
  use: Use,
): Promise<void> {
  const send: Send = (chosen) => keep(url, meta("csrf-token"), chosen);
  const now = old === null ? settings : await move(old, settings, send, use, forget);
  box.append(fields(now, send, use));
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !box.contains(target)) box.open = false;
  });
}

/** As they are set. `use` hears of each change at once, and the account after it. */
function fields(settings: EditorSettings, send: Send, use: Use): HTMLElement {
  const size = select("editor-size", [["", "as the page"], ...SIZES.map((one) => [String(one), `${one} pixels`] as const)]);
  const tab = select("editor-tab", [["indents", "indents"], ["moves", "moves focus"]]);
  const keys = select("editor-keys", [["standard", "standard"], ["vim", "Vim"]]);
  size.value = String(settings.size ?? "");
  tab.value = settings.tabIndents ? "indents" : "moves";
  keys.value = settings.keys;
  const said = make("p", { role: "status", class: "editor-settings-said" });
  const box = make("div", { class: "editor-settings-box" });
  box.append(field("Text size", size), field("Tab key", tab), field("Keys", keys), said);
  let count = 0;
  box.addEventListener("change", () => {
    const chosen: EditorSettings = {
      size: Number(size.value) || null,
      tabIndents: tab.value === "indents",
      keys: keys.value === "vim" ? "vim" : "standard",
    };
    use(chosen);
    const number = ++count;
    // At once, as the page may be left; what became of the last one is told.
    void send(chosen).then((trouble) => number === count && tell(said, trouble));
  });
  return box;
}

function tell(said: HTMLElement, trouble: string | null): void {
  said.textContent = trouble ?? KEPT;
  said.toggleAttribute("data-failed", trouble !== null);
}

function select(id: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const made = make("select", { class: "form-select", id });
  made.append(...options.map(([value, words]) => make("option", { value }, words)));
  return made;
}

function field(name: string, select: HTMLSelectElement): HTMLElement {
  const label = make("label", { for: select.id }, name);
  const row = make("div");
  row.append(label, select);
  return row;
}
