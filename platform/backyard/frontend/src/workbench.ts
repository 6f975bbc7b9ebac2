// The exercise page: files in tabs, drafts here and on the server, resets, Run and Submit.

import type { Submitted } from "./api";
import { Choice } from "./choice";
import { HINT_ID } from "./code";
import { Debounce } from "./debounce";
import { make, meta, need } from "./dom";
import { Drafts } from "./drafts";
import { FileMenu } from "./filemenu";
import { Files } from "./files";
import { keysFor, SAVE, wayOut } from "./keys";
import { Names, within } from "./names";
import { Note } from "./note";
import { open, type Opening, type Other } from "./opening";
import { outcomeOf } from "./outcome";
import { pageOf, textsOf, type PageData } from "./page";
import { pagePanes } from "./panes";
import { followPlaces } from "./places";
import { put } from "./remote";
import { resultPane, type Kind } from "./result";
import { Saving } from "./saving";
import { Sending } from "./sending";
import { SettingsBox, type EditorSettings } from "./settings";
import { Siblings } from "./siblings";
import { same, textOf, type Texts } from "./texts";

const KEYS = { run: "Ctrl+Enter runs the visible tests, Ctrl+Shift+Enter submits.", submit: "Ctrl+Enter submits." };
const KEPT = "Your work is kept as you type.";
const UNKEPT = "This browser doesn't let us keep your work: until the server has it, it is lost when you leave this page.";
const NO_KEYS = "The Vim keys could not be loaded. Reload the page to try again.";
const NOTES = {
  restored: "Your unsubmitted work is back. Undo in the editor returns to what was there before.",
  overtaken: "Newer work from another tab or machine is shown. Undo returns to what this browser had kept.",
};

/** Milliseconds after the last key, and at most after the first, until this browser has what was typed. */
const PAUSE = 150;
const AT_MOST = 1_000;

export class Workbench {
  readonly #note = new Note();
  readonly #hint = make("p", { id: HINT_ID, class: "editor-hint" });
  readonly #state = make("span", { class: "editor-state" });
  readonly #choice = new Choice(() => this.#settle(true), () => this.#settle(false));
  readonly #settings: SettingsBox;
  readonly #shared: Drafts;
  readonly #own: Drafts;
  readonly #siblings: Siblings;
  readonly #names: Names;
  readonly #menu: FileMenu | null;
  readonly #starter: Texts;
  readonly #files: Files;
  readonly #saving: Saving;
  readonly #sending: Sending;
  readonly #typed = new Debounce(() => this.#keep(), PAUSE, AT_MOST);
  readonly #outcome: ReturnType<typeof outcomeOf>;
  #submitted: Texts;
  #trouble: string | null = null;
  #chosen: EditorSettings | null = null;
  /** Files that went by Undo or Redo with something in them: to be brought back. */
  #gone: Texts = {};

  constructor(private readonly root: HTMLElement) {
    const { user = "", exercise = "" } = root.dataset;
    const { files, rule, languages } = JSON.parse(need("#workbench-files", HTMLScriptElement).text) as PageData;
    this.#names = new Names(rule);
    const page = pageOf(root, files, this.#names);
    this.#shared = new Drafts(() => localStorage, user, exercise);
    this.#own = new Drafts(() => sessionStorage, user, exercise);
    const opening = open(page, this.#shared.read(this.#names.own), this.#own.read(), Date.now());
    this.#starter = page.starter;
    this.#submitted = page.submitted?.files ?? page.starter;
    const known = { newest: textsOf(files, ({ text }) => text), languages };
    this.#files = new Files(known, opening.steps[0] ?? {}, () => this.#changed());
    this.#menu = this.#names.areOpen ? new FileMenu(root, this.#names, this.#files, (...done) => this.#done(...done)) : null;
    this.#files.went = (files) => (this.#gone = files);
    const last = this.#lead(opening);
    this.#saving = this.#save(opening);
    this.#siblings = new Siblings(user, exercise, (other) => this.#saving.hear(other));
    this.#sending = new Sending(root, () => this.#files.texts, (...sent) => this.#accepted(...sent));
    this.#outcome = outcomeOf(() => this.#files.texts);
    this.#settings = new SettingsBox(root, (settings) => void this.#set(settings));
    this.#takeOver();
    this.#listen();
    this.#choice.show(opening.other !== null);
    this.#typed.now();
    if (opening.note) this.#say(NOTES[opening.note], last);
    // What was asked for stands there now; a reload is to show what came of it.
    if (location.search) history.replaceState(null, "", location.pathname + location.hash);
    followPlaces((place) => {
      pagePanes()?.show("code");
      this.#files.goTo(place);
    });
  }

  /** Each version goes in as a step, so that Undo leads back through all of them. */
  #lead({ steps }: Opening): number | null {
    const ids = steps.slice(1).map((texts) => this.#files.take(texts));
    return ids.at(-1) ?? null;
  }

  #save({ revision, saved, other }: Opening): Saving {
    const url = this.root.dataset.draftUrl ?? "";
    return new Saving(revision, saved, other, {
      texts: () => this.#files.texts,
      put: (base, files, parting) => put(url, meta("csrf-token"), base, files, parting),
      told: (trouble) => this.#told(trouble),
      met: (other) => {
        this.#choice.show(other !== null);
        this.#store(this.#files.texts);
      },
      saved: (revision, files) => {
        this.#siblings.tell({ revision, files, isSaved: true });
        this.#store(this.#files.texts);
      },
    });
  }

  /** Put the tabs where the plain text areas stood. */
  #takeOver(): void {
    const row = make("div", { class: "editor-row" });
    const { tabs } = this.#files;
    const tools = make("div", { class: "editor-tools" });
    tools.append(...(this.#menu ? [this.#menu.buttons] : []), this.#settings.box);
    row.append(tools, tabs.list);
    const below = this.#menu ? [this.#menu.fields] : [];
    const plain = need("[data-slot=files]", HTMLElement, this.root);
    plain.replaceWith(this.#choice.bar, row, ...below, tabs.panels, this.#note.element, this.#hint);
    need(".editor-actions", HTMLElement, this.root).append(this.#state);
    this.#settings.start();
  }

  async #set(settings: EditorSettings): Promise<void> {
    this.#chosen = settings;
    this.#hint.textContent = `${wayOut(settings)} ${this.#sending.canRun ? KEYS.run : KEYS.submit} ${KEPT}`;
    const keys = await keysFor(settings).catch(() => null);
    if (settings !== this.#chosen) return; // another choice came meanwhile
    if (keys) return this.#files.set(keys);
    await this.#set({ ...settings, keys: "standard" });
    this.#hint.append(` ${NO_KEYS}`);
  }

  #listen(): void {
    document.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
    this.#on("starter", () => this.#reset(this.#starter, "Back at the starter."));
    this.#on("discard", () => this.#reset(this.#submitted, "Back at what you last submitted."));
    this.root.addEventListener(SAVE, () => void this.#saveNow());
    addEventListener("pagehide", () => this.#part());
    addEventListener("online", () => void this.#saving.save());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#part();
    });
    addEventListener("beforeunload", (event) => {
      if (this.#saving.other && !this.#saving.isDone) event.preventDefault();
    });
  }

  #on(action: string, act: () => void): void {
    this.root.querySelector(`[data-action=${action}]`)?.addEventListener("click", (event) => {
      event.preventDefault();
      act();
    });
  }

  /** Before CodeMirror sees them: Ctrl/Cmd+Enter runs, with Shift it submits; Ctrl/Cmd+S says that all is kept. */
  #onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isElsewhere(event.target)) return;
    if (event.repeat) return event.preventDefault();
    if (event.key === "Enter") void this.#sending.send(event.shiftKey ? "submit" : "run");
    else if (event.key === "s") void this.#saveNow();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #saveNow(): Promise<void> {
    this.#typed.now();
    await this.#saving.save();
    if (this.#saving.isDone) this.#say("Your work is kept in this browser and on the server.");
  }

  /** Called at each key: what costs more waits for a pause. */
  #changed(): void {
    this.#typed?.call();
  }

  /** What was typed is kept in this browser, and then on the server. */
  #keep(): void {
    const texts = this.#files.texts;
    this.#gone = Object.fromEntries(Object.entries(this.#gone).filter(([name]) => textOf(texts, name) === null));
    this.#files.mark(this.#submitted);
    this.#say("");
    this.#store(texts);
    if (this.#saving.isDone && this.#trouble !== null) void this.#saving.save(); // what caused it was undone
    if (this.#saving.isDone || this.#saving.other) return;
    this.#siblings.tell({ revision: this.#saving.base, files: texts, isSaved: false });
    this.#saving.changed();
  }

  /** While another tab has the say, this one keeps its work in a place of its own. */
  #store(files: Texts): void {
    const { base, sending, other, isDone } = this.#saving;
    const place = other ? this.#own : this.#shared;
    if (isDone || !other) this.#own.clear();
    if (isDone && !other) this.#shared.clear(this.#names.own);
    if (!isDone) place.write({ base, at: Date.now(), files, ...(sending ? { sent: sending } : {}) });
    this.#state.textContent = isDone ? "Saved" : "Not saved yet";
  }

  /** The page is being left: nothing waits any longer. */
  #part(): void {
    this.#typed.now();
    void this.#saving.save(true);
  }

  #reset(texts: Texts, sentence: string): void {
    if (same(texts, this.#files.texts)) return this.#say(`${sentence} Nothing had changed.`);
    this.#done(`${sentence} Undo returns your work.`, this.#files.take(texts));
  }

  /** Tell of a step of all files that was just done. */
  #done(sentence: string, step: number): void {
    this.#typed.now();
    this.#say(sentence, step);
  }

  /** The choice between two versions; the other one is one Undo away. */
  #settle(takeTheirs: boolean): void {
    const mine = this.#files.texts;
    const theirs: Other | null = this.#saving.other;
    if (!theirs) return;
    const id = this.#files.take(within(this.#names, mine, theirs.files));
    const last = takeTheirs ? id : this.#files.take(mine);
    this.#saving.settle();
    this.#typed.now();
    this.#say(takeTheirs ? "The other version is here. Undo returns yours." : "Yours is kept. Undo shows the other version.", last);
    this.#files.focus();
  }

  /** The server has these now, to run them or as a submission. */
  #accepted(kind: Kind, files: Texts, submitted: Submitted): void {
    if (kind === "submit") {
      this.#submitted = files;
      this.root.querySelector("[data-action=discard]")?.removeAttribute("hidden");
    }
    this.#typed.now();
    void this.#saving.save();
    pagePanes()?.show("result");
    this.#outcome?.show("result");
    resultPane()?.begin(submitted, kind);
  }

  #told(trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#say(trouble ?? "");
  }

  /** Say something, with a way back where a step of all files can be undone; troubles stay until they are over. */
  #say(sentence: string, step: number | null = null): void {
    const back = step === null ? null : () => this.#back(step);
    const unkept = this.#shared.kept ? "" : UNKEPT;
    const gone = Object.keys(this.#gone).join(", ");
    if (sentence || !gone) return this.#note.say(sentence || this.#trouble || unkept, sentence ? back : null);
    this.#note.say(`${gone} went with that step, and what was in it.`, () => this.#bringBack(), "Bring it back");
  }

  #bringBack(): void {
    const id = this.#files.take({ ...this.#files.texts, ...this.#gone });
    this.#done(`${Object.keys(this.#gone).join(", ")} is back.`, id);
    this.#files.focus();
  }

  #back(step: number): void {
    this.#files.bring(step, false);
    this.#typed.now();
    this.#files.focus();
  }
}

/** Whether somebody types into another form of the page, whose keys are its own. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const form = "form" in target && target.form instanceof Element ? target.form : target.closest("form");
  return form !== null && !form.matches(".editor-form");
}
