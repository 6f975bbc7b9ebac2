// The exercise page's panes: side by side with dividers on a wide screen, in tabs on a narrow one.
// https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/

import { LEAST, most, parseSizes, resized, sizeFor, USUAL, type Sized, type Sizes } from "./sizes";
import { rove } from "./tabs";

export type PaneName = "statement" | "code" | "result";

const narrow = matchMedia("(max-width: 1023.98px)");

class Panes {
  readonly #key: string;
  readonly #tabs: readonly HTMLElement[];
  readonly #dividers: readonly HTMLElement[];
  #sizes: Sizes;

  constructor(private readonly root: HTMLElement) {
    this.#key = `backyard:panes:${root.dataset.user ?? ""}`;
    this.#tabs = [...root.querySelectorAll<HTMLElement>(".pane-tabs [role=tab]")];
    this.#dividers = [...root.querySelectorAll<HTMLElement>("[role=separator]")];
    this.#sizes = this.#read();
    this.#apply();
    for (const divider of this.#dividers) this.#listen(divider);
    this.#tabs.forEach((tab, index) => tab.addEventListener("click", () => this.#select(index)));
    const list = root.querySelector<HTMLElement>(".pane-tabs");
    if (list) rove(list, () => this.#tabs, (index) => this.#select(index));
    this.#select(0);
    narrow.addEventListener("change", () => this.#name());
  }

  /** On a narrow screen, bring a pane to the front. The keyboard's focus is never left behind. */
  show(name: PaneName): void {
    const index = this.#tabs.findIndex(({ dataset }) => dataset.pane === name);
    const left = document.activeElement;
    if (this.#tabs[index]?.ariaSelected === "true") return;
    this.#select(index);
    if (narrow.matches && left !== document.body && !left?.checkVisibility()) this.#tabs[index]?.focus();
  }

  #select(chosen: number): void {
    this.#tabs.forEach((tab, index) => {
      tab.ariaSelected = String(index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
    });
    this.root.dataset.shown = this.#tabs[chosen]?.dataset.pane ?? "";
    this.#name();
    const top = this.root.getBoundingClientRect().top;
    if (narrow.matches && top < 0) window.scrollBy(0, top);
  }

  /** As long as they stand in tabs, the panes are tab panels. */
  #name(): void {
    for (const tab of this.#tabs) {
      const pane = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (narrow.matches) pane?.setAttribute("role", "tabpanel");
      else pane?.removeAttribute("role");
    }
  }

  #listen(divider: HTMLElement): void {
    const pane = divider.dataset.pane as Sized;
    divider.addEventListener("keydown", (event) => {
      const size = sizeFor(event.key, this.#sizes, pane);
      if (size === null) return;
      event.preventDefault();
      this.#resize(pane, size);
    });
    divider.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      divider.focus();
      divider.setPointerCapture(event.pointerId);
    });
    divider.addEventListener("pointermove", (event) => {
      if (divider.hasPointerCapture(event.pointerId)) this.#drag(pane, event.clientX);
    });
    divider.addEventListener("dblclick", () => this.#resize(pane, USUAL[pane]));
  }

  #drag(pane: Sized, x: number): void {
    const { left, width } = this.root.getBoundingClientRect();
    const share = (100 * (x - left)) / width;
    this.#resize(pane, pane === "statement" ? share : 100 - share);
  }

  #resize(pane: Sized, wanted: number): void {
    this.#sizes = resized(this.#sizes, pane, wanted);
    this.#apply();
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#sizes));
    } catch {
      // Storage is blocked: it holds for this page.
    }
  }

  #read(): Sizes {
    try {
      return parseSizes(localStorage.getItem(this.#key));
    } catch {
      return USUAL;
    }
  }

  #apply(): void {
    for (const divider of this.#dividers) {
      const pane = divider.dataset.pane as Sized;
      this.root.style.setProperty(`--pane-${pane}`, `${this.#sizes[pane]}%`);
      divider.ariaValueMin = String(LEAST);
      divider.ariaValueMax = String(Math.round(most(this.#sizes, pane)));
      divider.ariaValueNow = String(Math.round(this.#sizes[pane]));
    }
  }
}

let panes: Panes | null = null;

/** The page's panes, or null where the page has none. */
export function pagePanes(): Pick<Panes, "show"> | null {
  const root = document.querySelector<HTMLElement>(".panes");
  if (root && !panes) panes = new Panes(root);
  return panes;
}
