// How the editor is set: for all exercises, in this browser.

import { make } from "./dom";

export interface EditorSettings {
  /** The code's size in pixels, or null for the page's own. */
  readonly size: number | null;
  /** Whether the Tab key indents; else it moves on, as elsewhere on the page. */
  readonly tabIndents: boolean;
}

const KEY = "backyard:editor";
const SIZES = [12, 13, 14, 15, 16, 18, 20, 24];
const USUAL: EditorSettings = { size: null, tabIndents: true };

/** What is kept, as far as it makes sense. */
export function parseSettings(text: string | null): EditorSettings {
  try {
    const found = JSON.parse(text ?? "{}") as Partial<EditorSettings> | null;
    const size = SIZES.find((one) => one === found?.size) ?? null;
    return { size, tabIndents: found?.tabIndents !== false };
  } catch {
    return USUAL;
  }
}

function read(): EditorSettings {
  try {
    return parseSettings(localStorage.getItem(KEY));
  } catch {
    return USUAL; // Storage is blocked.
  }
}

function write(settings: EditorSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Storage is blocked: it holds for this page.
  }
}

/** The popover with the settings, and what they are. */
export class SettingsBox {
  readonly box = make("details", { class: "editor-settings" });
  readonly #size = make("select", { class: "form-select", id: "editor-size" });
  readonly #tab = make("select", { class: "form-select", id: "editor-tab" });

  constructor(
    private readonly root: HTMLElement,
    private readonly changed: (settings: EditorSettings) => void,
  ) {
    this.#fill();
    const fields = make("div", { class: "editor-settings-box" });
    fields.append(field("Text size", this.#size), field("Tab key", this.#tab));
    this.box.append(make("summary", { class: "btn btn-small" }, "Settings"), fields);
    this.#listen();
  }

  get settings(): EditorSettings {
    return { size: Number(this.#size.value) || null, tabIndents: this.#tab.value === "indents" };
  }

  /** Show the settings in the page, once the editors are there. */
  apply(): void {
    const { size } = this.settings;
    if (size === null) this.root.style.removeProperty("--code-size");
    else this.root.style.setProperty("--code-size", `${size}px`);
    this.changed(this.settings);
  }

  #fill(): void {
    const { size, tabIndents } = read();
    this.#size.append(make("option", { value: "" }, "as the page"));
    for (const one of SIZES) this.#size.append(make("option", { value: String(one) }, `${one} pixels`));
    this.#tab.append(make("option", { value: "indents" }, "indents"), make("option", { value: "moves" }, "moves focus"));
    this.#size.value = String(size ?? "");
    this.#tab.value = tabIndents ? "indents" : "moves";
  }

  #listen(): void {
    this.box.addEventListener("change", () => {
      write(this.settings);
      this.apply();
    });
    this.box.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.box.open) return;
      this.box.open = false;
      this.box.querySelector("summary")?.focus();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !this.box.contains(target)) this.box.open = false;
    });
  }
}

function field(name: string, select: HTMLSelectElement): HTMLElement {
  const label = make("label", { for: select.id }, name);
  const row = make("div");
  row.append(label, select);
  return row;
}
