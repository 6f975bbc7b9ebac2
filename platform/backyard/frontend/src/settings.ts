// How somebody wants the editor: for all exercises and machines. The page says it; the box where it is changed
// is loaded when it is opened.

import { make } from "./dom";

export interface EditorSettings {
  /** The code's size in pixels, or null for the page's own. */
  readonly size: number | null;
  /** Whether the Tab key indents; else it moves on, as elsewhere on the page. */
  readonly tabIndents: boolean;
  readonly keys: "standard" | "vim";
}

const UNLOADED = "The settings can't be loaded just now. Close and open them again in a moment.";

/** Where browsers kept them before accounts did. */
const OLD_KEY = "backyard:editor";

/** What the page says of them: it comes with those of the account. */
export function settingsOf({ editorSize, tabKey, editorKeys }: Readonly<DOMStringMap>): EditorSettings {
  const keys = editorKeys === "vim" ? "vim" : "standard";
  return { size: Number(editorSize) || null, tabIndents: tabKey !== "moves", keys };
}

export class SettingsBox {
  readonly box = make("details", { class: "editor-settings" });
  readonly #trouble = make("p", { class: "editor-settings-box", role: "status" }, UNLOADED);
  #settings: EditorSettings;
  #isLoading = false;

  /** @param changed hears how the editor is to be: when it starts, and at each change */
  constructor(
    private readonly root: HTMLElement,
    private readonly changed: (settings: EditorSettings) => void,
  ) {
    this.#settings = settingsOf(root.dataset);
    // The page of the account's settings has their name as well.
    this.box.append(make("summary", { class: "btn btn-small", "aria-label": "Editor settings" }, "Settings"));
    this.box.addEventListener("toggle", () => void this.#load());
  }

  /** Set the editors, once they are there. What this browser kept before moves to the account. */
  start(): void {
    this.#use(this.#settings);
    const old = readOld();
    if (old !== null) void this.#load(old);
  }

  #use(settings: EditorSettings): void {
    this.#settings = settings;
    const { dataset } = this.root;
    if (settings.size) dataset.editorSize = String(settings.size); // editor.css has the rest
    else delete dataset.editorSize;
    this.changed(settings);
  }

  async #load(old: string | null = null): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#trouble.remove();
    try {
      const { fill } = await import("./settings-fields");
      const forget = () => localStorage.removeItem(OLD_KEY);
      const url = this.root.dataset.settingsUrl ?? "";
      fill(this.box, this.#settings, old, forget, url, (settings) => this.#use(settings));
    } catch {
      this.#isLoading = false;
      this.box.append(this.#trouble);
    }
  }
}

function readOld(): string | null {
  try {
    return localStorage.getItem(OLD_KEY);
  } catch {
    return null; // Storage is blocked.
  }
}
