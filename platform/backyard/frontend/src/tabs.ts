// Tabs as the ARIA practices describe them: one in the Tab order, arrows move between them.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

import { make } from "./dom";

interface Tab {
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
}

/** Let arrow keys, Home and End move between the tabs of a list, and select them. */
export function rove(list: HTMLElement, tabs: () => readonly HTMLElement[], select: (index: number) => void): void {
  list.addEventListener("keydown", (event) => {
    const all = tabs();
    const to = target(event.key, all.findIndex((tab) => tab === event.target), all.length);
    if (to === undefined) return;
    event.preventDefault();
    select(to);
    all[to]?.focus();
  });
}

function target(key: string, from: number, count: number): number | undefined {
  if (from < 0) return undefined;
  return new Map([
    ["ArrowRight", (from + 1) % count],
    ["ArrowLeft", (from - 1 + count) % count],
    ["Home", 0],
    ["End", count - 1],
  ]).get(key);
}

export class Tabs {
  readonly list = make("div", { role: "tablist", "aria-label": "Files", class: "tabs" });
  readonly panels = make("div", { class: "tab-panels" });
  /** Is called when one is selected, or some are hidden or shown. */
  chosen: () => void = () => undefined;
  readonly #tabs: Tab[] = [];

  constructor() {
    const shown = (): HTMLElement[] => this.#tabs.map(({ button }) => button).filter(({ hidden }) => !hidden);
    rove(this.list, shown, (index) => this.select(this.#tabs.findIndex(({ button }) => button === shown()[index])));
  }

  /** Add a tab at the end and return its empty panel. The first one is selected. */
  add(name: string): HTMLElement {
    const id = `file-${this.#tabs.length}`;
    const button = make("button", { type: "button", role: "tab", id: `${id}-tab`, "aria-controls": id }, name);
    const panel = make("div", { role: "tabpanel", id, "aria-labelledby": `${id}-tab`, hidden: "" });
    const index = this.#tabs.push({ button, panel }) - 1;
    button.addEventListener("click", () => this.select(index));
    this.list.append(button);
    this.panels.append(panel);
    button.tabIndex = -1;
    if (index === 0) this.select(0);
    return panel;
  }

  /** Mark a tab whose text differs from what was last submitted. */
  mark(index: number, changed: boolean): void {
    this.#tabs[index]?.button.toggleAttribute("data-changed", changed);
  }

  /** Show the tabs of these, by their order; those of the others are hidden. */
  show(wanted: readonly boolean[]): void {
    this.#tabs.forEach(({ button }, index) => (button.hidden = !wanted[index]));
    this.#reveal();
    this.chosen();
  }

  select(chosen: number): void {
    this.#tabs.forEach(({ button, panel }, index) => {
      button.setAttribute("aria-selected", String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    });
    this.#reveal();
    this.chosen();
  }

  /** Scroll the list, and nothing else, so that the selected tab is in sight. */
  #reveal(): void {
    const tab = this.#tabs[this.selected]?.button.getBoundingClientRect();
    const list = this.list.getBoundingClientRect();
    if (tab) this.list.scrollLeft += Math.min(0, tab.left - list.left) + Math.max(0, tab.right - list.right);
  }

  /** The index of the selected tab. */
  get selected(): number {
    return this.#tabs.findIndex(({ panel }) => !panel.hidden);
  }
}
