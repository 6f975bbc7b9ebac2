// Knows whether a person has turned to something since a moment: then nothing scrolls under them.

const SIGNS = ["keydown", "pointerdown", "wheel", "touchmove"] as const;

export class Attention {
  #elsewhere = false;

  constructor() {
    for (const sign of SIGNS) {
      document.addEventListener(sign, () => (this.#elsewhere = true), { passive: true, capture: true });
    }
  }

  /** The person asked for something just now, and looks at that. */
  expect(): void {
    this.#elsewhere = false;
  }

  /** Bring an element into view, unless the person does something else by now. */
  lead(element: Element, block: ScrollLogicalPosition = "nearest"): void {
    if (this.#elsewhere) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
  }
}
