// What keys do in the editor beyond CodeMirror's own, and how to leave it by keyboard.

import { indentWithTab } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import type { EditorSettings } from "./settings";

/** What an editor's element tells when somebody asks it by its own keys to save. */
export const SAVE = "backyard:save";

/** Milliseconds after Escape within which Tab leaves, as CodeMirror has it. */
const WAY_OUT = 2_000;

/**
 * CodeMirror lets Tab leave after an Escape that does nothing else. Here any Escape is enough, also one that
 * closes the completions: who presses it can't know what it will find to do.
 */
export const escapeLeaves: Extension = EditorView.domEventObservers({
  keydown: ({ key }, view) => {
    if (key === "Escape") view.setTabFocusMode(WAY_OUT);
  },
});

const tabIndents = keymap.of([indentWithTab]);

/** What editors have until `keysFor` is there. */
export const usualKeys: Extension = tabIndents;

/** The keys that somebody chose. Throws where what they need can't be loaded. */
export async function keysFor({ keys, tabIndents: indents }: EditorSettings): Promise<Extension> {
  const tab = indents ? tabIndents : [];
  return keys === "vim" ? [(await import("./vim")).vimKeys(save), tab] : tab;
}

function save({ dom }: EditorView): void {
  dom.dispatchEvent(new Event(SAVE, { bubbles: true }));
}

/** How to leave the editor: stands below it. */
export function wayOut({ keys, tabIndents }: EditorSettings): string {
  if (keys === "vim") return "Vim keys: Escape, then Tab leaves the editor; :w saves.";
  return tabIndents ? "Tab indents; to leave the editor press Escape, then Tab." : "Tab leaves the editor.";
}
