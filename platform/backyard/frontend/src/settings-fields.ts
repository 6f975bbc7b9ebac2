// The fields in which the editor is set, and what takes them to the account. Loaded when they are opened.

import { make, meta } from "./dom";
import type { EditorSettings } from "./settings";

export const SIZES: readonly number[] = [12, 13, 14, 15, 16, 18, 20, 24];
export const USUAL: EditorSettings = { size: null, tabIndents: true, keys: "standard" };

/** Hears how the editor is to be. */
type Use = (settings: EditorSettings) => void;

/** As `keep` does, to where the page's account is. */
type Send = (settings: Partial<EditorSettings>) => Promise<string | null>;

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

/**
 * Keep these settings with the account, and whatever it has of the others: another machine may have changed them.
 * Returns what went wrong, as a sentence, or null. Never throws.
 */
export async function keep(url: string, csrf: string, { size, tabIndents, keys }: Partial<EditorSettings>): Promise<string | null> {
  const body = new URLSearchParams();
  if (size !== undefined) body.set("size", String(size ?? ""));
  if (tabIndents !== undefined) body.set("tab", tabIndents ? "indents" : "moves");
  if (keys !== undefined) body.set("keys", keys);
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

/** What a browser kept, for an account that has the usual settings still; null where there is nothing to move. */
export function oldOf(old: string, settings: EditorSettings): EditorSettings | null {
  return isUsual(settings) ? parseOld(old) : null;
}

/** Move what a browser kept to the account. `forget` is called unless it has to be tried again. */
export async function move(found: EditorSettings | null, send: Send, use: Use, forget: () => void): Promise<void> {
  if (found) use(found);
  if (found === null || (await send(found)) === null) forget();
}

/** Put the fields into the box, and move what this browser kept, where there is something. */
export function fill(
  box: HTMLDetailsElement,
  settings: EditorSettings,
  old: string | null,
  forget: () => void,
  url: string,
  use: Use,
): void {
  const send: Send = (chosen) => keep(url, meta("csrf-token"), chosen);
  const found = old === null ? null : oldOf(old, settings);
  if (old !== null) void move(found, send, use, forget);
  box.append(fields(found ?? settings, send, use));
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
  const keeping = new Keeping(send, (trouble) => tell(said, trouble));
  const changes = new Map<EventTarget, () => Partial<EditorSettings>>([
    [size, () => ({ size: Number(size.value) || null })],
    [tab, () => ({ tabIndents: tab.value === "indents" })],
    [keys, () => ({ keys: keys.value === "vim" ? "vim" : "standard" })],
  ]);
  let now = settings;
  box.addEventListener("change", ({ target }) => {
    const change = target && changes.get(target)?.();
    if (!change) return;
    now = { ...now, ...change };
    use(now);
    keeping.send(change);
  });
  return box;
}

/** Sends each change at once, as the page may be left; and again where several were on their way, as the last is to stand. */
export class Keeping {
  #underWay = 0;
  #overlap = false;
  #changes: Partial<EditorSettings> = {};

  constructor(
    private readonly put: Send,
    private readonly told: (trouble: string | null) => void,
  ) {}

  send(change: Partial<EditorSettings>): void {
    this.#overlap ||= this.#underWay > 0;
    this.#underWay += 1;
    this.#changes = { ...this.#changes, ...change };
    void this.put(change).then((trouble) => this.#learn(trouble));
  }

  #learn(trouble: string | null): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    const [changes, overlap] = [this.#changes, this.#overlap];
    [this.#changes, this.#overlap] = [{}, false];
    if (overlap) this.send(changes);
    else this.told(trouble);
  }
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
