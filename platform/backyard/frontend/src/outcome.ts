// The last pane: the result of what was handed in or run, and beside it the tryout, each behind a tab.

import { need } from "./dom";
import { rove } from "./tabs";
import type { Texts } from "./texts";

type View = "result" | "tryit";

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
    list.hidden = false;
    this.#select(0);
  }

  show(view: View): void {
    this.#select(this.#tabs.findIndex(({ dataset }) => dataset.view === view));
  }

  #select(chosen: number): void {
    this.#tabs.forEach((tab, index) => {
      tab.ariaSelected = String(index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
      need(`#${tab.getAttribute("aria-controls") ?? ""}`, HTMLElement).hidden = index !== chosen;
    });
    if (this.#tabs[chosen]?.dataset.view === "tryit") void this.#load();
  }

  /** The console is not part of the page before somebody wants it. */
  async #load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const { TryIt } = await import("./tryit");
    new TryIt(need("#tryit", HTMLElement), this.texts);
  }
}

/** Wires the tabs of the last pane; null where there is nothing to try. */
export function outcomeOf(texts: () => Texts): Pick<Outcome, "show"> | null {
  const list = document.querySelector<HTMLElement>(".outcome-tabs");
  return list ? new Outcome(list, texts) : null;
}
