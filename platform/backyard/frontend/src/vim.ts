// Vim's keys. Loaded for those who chose them.

import { Prec, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { getCM, Vim, vim } from "@replit/codemirror-vim";

/** The modes in which keys write; in all others Tab has nothing to do and leaves the editor. */
const WRITING = ["insert", "replace"];

/** Leads Tab out of the editor, and names the field of commands, which has no label. */
const manners = ViewPlugin.define((view) => {
  const cm = getCM(view);
  cm?.on("vim-mode-change", ({ mode }: { mode: string }) => view.setTabFocusMode(!WRITING.includes(mode)));
  cm?.on("dialog", () => {
    view.dom.querySelector(".cm-vim-panel input")?.setAttribute("aria-label", "Vim command");
  });
  queueMicrotask(() => view.setTabFocusMode(true)); // not before the view is whole
  return { destroy: () => view.setTabFocusMode(false) };
});

const look = EditorView.theme({
  ".cm-vim-panel": { padding: "var(--space-1) var(--space-2)", fontFamily: "var(--font-code)", fontSize: "var(--text-0)" },
  ".cm-vim-panel input": { color: "inherit", fontFamily: "inherit" },
  ".cm-vim-panel:focus-within": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  // These two have their colours in a style attribute, the same in light and dark.
  ".cm-vim-panel .cm-vim-message": { color: "var(--fail) !important" },
  ".cm-vim-panel span": { color: "inherit !important" },
  "&.cm-editor .cm-fat-cursor": { background: "var(--selection)", outline: "1px solid var(--ink)" },
  "&.cm-editor:not(.cm-focused) .cm-fat-cursor": { background: "none", outlineColor: "var(--border-strong)" },
});

/** The keys, with Vim's status line. Before other key maps, which get what Vim leaves. `:w` calls `save`. */
export function vimKeys(save: (view: EditorView) => void): Extension {
  Vim.defineEx("write", "w", ({ cm6 }) => save(cm6 as EditorView)); // the same for all editors
  return Prec.high([vim({ status: true }), manners, look]);
}
