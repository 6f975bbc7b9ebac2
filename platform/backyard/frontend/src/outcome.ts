// The last pane: the result of what was handed in or run, and beside it the tryout, each behind a tab.

import { need } from "./dom";
import { rove } from "./tabs";
import type { Texts } from "./texts";

type View = "result" | "tryit";

const UNLOADED = "This part of the page can't be loaded just now. Choose the tab again in a moment.";

class Outcome {
  readonly #tabs: readonly HTMLElement[];
  #loaded = false;

  constructor(
    list: HTMLElement,
    private readonly texts: () => Texts,
  ) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    this.#tabs.forEach((tab, index) => tab.addEventListener("click", () => this.#select(index)));
    rove(list, () => this.#tabs, (index) => this.#select(index));
    for (const { tab, view } of this.#views()) {
      view.setAttribute("role", "tabpanel");
      view.setAttribute("aria-labelledby", tab.id);
    }
    this.#select(0);
  }

  show(view: View): void {
    this.#select(this.#tabs.findIndex(({ dataset }) => dataset.view === view));
  }

  #select(chosen: number): void {
    this.#views().forEach(({ tab, view }, index) => {
      tab.ariaSelected = String(index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
      view.hidden = index !== chosen;
    });
    if (this.#tabs[chosen]?.dataset.view === "tryit") void this.#load();
  }

  #views(): { tab: HTMLElement; view: HTMLElement }[] {
    return this.#tabs.map((tab) => ({ tab, view: need(`#${tab.getAttribute("aria-controls") ?? ""}`, HTMLElement) }));
  }

  /** The console is not part of the page before somebody wants it; its form is inert until then. */
  async #load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    try {
      const { TryIt } = await import("./tryit");
      new TryIt(need("#tryit", HTMLElement), this.texts);
    } catch {
      this.#loaded = false;
      need("#tryit [data-slot=trying]", HTMLElement).textContent = UNLOADED;
    }
  }
}

/** Wires the tabs of the last pane; null where there is nothing to try. */
export function outcomeOf(texts: () => Texts): Pick<Outcome, "show"> | null {
  const list = document.querySelector<HTMLElement>(".outcome-tabs");
  return list ? new Outcome(list, texts) : null;
}
