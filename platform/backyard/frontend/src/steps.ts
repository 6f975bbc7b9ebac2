// The files as they are now, and the steps that concern all of them. Knows nothing of the page.

import { textOf, type Texts } from "./texts";

/** One file, there or not. */
export interface Part {
  readonly name: string;
  /** Null while the file is not there. */
  readonly text: string | null;
  take(id: number, text: string | null): void;
  bring(id: number, done: boolean): void;
  /** Whether `bring` gets there. */
  reaches(id: number, done: boolean): boolean;
}

export class Steps<File extends Part> {
  readonly files: File[] = [];
  #last = 0;
  #moving = false;

  /** @param make a file that is there from the start (`born` is 0) or comes by the step `born`, with its first text */
  constructor(
    first: Texts,
    private readonly make: (name: string, text: string, born: number) => File,
  ) {
    for (const [name, text] of Object.entries(first)) this.files.push(make(name, text, 0));
  }

  /** The texts of the files that are there. */
  get texts(): Texts {
    const found = this.files.map(({ name, text }) => [name, text] as const);
    return Object.fromEntries(found.filter(([, text]) => text !== null)) as Texts;
  }

  /** Replace all files by these in one step, which Undo in any of them takes back; returns the step's id. */
  take(texts: Texts): number {
    const id = ++this.#last;
    const known = new Set(this.files.map(({ name }) => name));
    for (const [name, text] of Object.entries(texts)) if (!known.has(name)) this.files.push(this.make(name, text, id));
    for (const file of this.files) file.take(id, textOf(texts, file.name));
    return id;
  }

  /**
   * Have a step done, or undone, in each file; in none where one of them can't, so that no half of it stands.
   *
   * @returns the files that went by it, with the texts that they had; null where that is what is going on already
   */
  bring(id: number, done: boolean): Texts | null {
    if (this.#moving) return null; // what a file tells of is what we do here
    const before = this.texts;
    const isPossible = this.files.every((file) => file.reaches(id, done));
    this.#moving = true;
    for (const file of this.files) file.bring(id, isPossible ? done : !done);
    this.#moving = false;
    const now = this.texts;
    return Object.fromEntries(Object.entries(before).filter(([name]) => textOf(now, name) === null));
  }
}
