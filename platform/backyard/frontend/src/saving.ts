// Brings what is typed to the server, and stops where another tab or machine was faster.

import { Debounce } from "./debounce";
import type { Other } from "./opening";
import type { Outcome } from "./remote";
import { same, type Texts } from "./texts";

/** Milliseconds after the last key, and at most after the first: with what typing itself waits for, below two seconds. */
const PAUSE = 700;
const AT_MOST = 1_000;
/** Milliseconds until something is tried again. */
const AGAIN = 5_000;

/** What Saving needs of the page. */
export interface Parts {
  texts(): Texts;
  put(base: number, files: Texts, parting: boolean): Promise<Outcome>;
  /** It was saved (null), or why it was not. */
  told(trouble: string | null): void;
  /** Somebody else's version is there, or no longer. Nothing is saved while it is. */
  met(other: Other | null): void;
  /** The server has these now. */
  saved(revision: number, files: Texts): void;
}

export class Saving {
  /** What is on its way to the server now. */
  sending: Texts | null = null;
  readonly #timer = new Debounce(() => void this.save(), PAUSE, AT_MOST);
  readonly #again = new Debounce(() => void this.save(), AGAIN, AGAIN);
  readonly #mine: Texts[] = [];
  #refused: Texts | null = null;
  #ended = false;
  /** Whether what is on its way gets there though the page is closed. */
  #parting = false;

  /** @param onServer what the server has, as its revision `base` */
  constructor(
    public base: number,
    private onServer: Texts,
    public other: Other | null,
    private readonly parts: Parts,
  ) {
    this.#mine.push(parts.texts());
  }

  /** Whether the server has all that stands in the editor. */
  get isDone(): boolean {
    return same(this.parts.texts(), this.onServer);
  }

  /** Something was typed. */
  changed(): void {
    if (!this.other) this.#timer.call();
  }

  /** Save now. `parting`: the page is being closed. */
  async save(parting = false): Promise<void> {
    this.#timer.stop();
    this.#again.stop();
    const files = this.parts.texts();
    if (this.other || this.#ended) return;
    if (same(files, this.onServer)) return this.parts.told(null); // whatever went wrong, it was undone
    if (this.#refused !== null && same(files, this.#refused)) return;
    if (this.sending && !parting) return this.#timer.call();
    if (this.sending && this.#parting && same(files, this.sending)) return; // hidden, then closed
    [this.sending, this.#parting] = [files, parting];
    this.#remember(files);
    const outcome = await this.parts.put(this.base, files, parting);
    this.sending = null;
    this.#learn(outcome, files);
  }

  /** Another tab of this browser has these texts. */
  hear(other: Other): void {
    if (same(other.files, this.parts.texts())) this.#agree(other);
    else if (other.revision >= this.base) this.#meet(other);
  }

  /** The person chose: what stands in the editor now is to be saved over the other version. */
  settle(): void {
    this.base = Math.max(this.base, this.other?.revision ?? 0);
    this.onServer = this.other?.isSaved ? this.other.files : {};
    this.#meet(null);
    void this.save();
  }

  #learn(outcome: Outcome, files: Texts): void {
    switch (outcome.kind) {
      case "saved":
        return this.#keep(outcome.revision, files);
      case "overtaken":
        return this.#overtaken(outcome);
      case "away":
        this.#again.call();
        break;
      case "refused":
        this.#refused = files;
        break;
      case "ended":
        this.#ended = true;
    }
    this.parts.told(outcome.sentence);
  }

  #keep(revision: number, files: Texts): void {
    this.base = Math.max(this.base, revision);
    this.onServer = files;
    this.parts.saved(revision, files);
    this.parts.told(null);
    if (!this.isDone) this.changed();
  }

  /** What this page itself has sent is nobody else's: its answer was lost, or came to a page before. */
  #overtaken({ revision, files }: Omit<Other, "isSaved">): void {
    const isMine = revision === 0 || [this.parts.texts(), ...this.#mine].some((texts) => same(texts, files));
    if (!isMine) return this.#meet({ revision, files, isSaved: true });
    this.base = revision;
    this.onServer = files;
    if (this.isDone) this.#keep(revision, files);
    else void this.save();
  }

  #agree({ revision, files, isSaved }: Other): void {
    this.base = Math.max(this.base, revision);
    if (isSaved) this.onServer = files;
    this.#meet(null);
    if (this.isDone) this.#timer.stop();
  }

  #meet(other: Other | null): void {
    this.other = other;
    if (other) this.#timer.stop();
    this.parts.met(other);
  }

  #remember(files: Texts): void {
    this.#mine.push(files);
    if (this.#mine.length > 20) this.#mine.shift();
  }
}
