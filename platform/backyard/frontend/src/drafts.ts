// Keeps what a person types, at once and in this browser, until the server has it.

import type { Texts } from "./texts";

/** The part of `localStorage` that drafts need. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What a browser keeps of one exercise while it differs from what the server has. */
export interface Kept {
  /** The server's revision that the texts come after; 0 for none. */
  readonly base: number;
  /** When it was typed, in milliseconds by this browser's clock. */
  readonly at: number;
  readonly files: Texts;
  /** What was on its way to the server at that moment. */
  readonly sent?: Texts;
}

/** One person's work on one exercise, in one of the browser's stores. */
export class Drafts {
  /** False once the browser refused to keep something: storage is blocked or full. */
  kept = true;
  readonly #key: string;

  /** @param store asked anew each time, since a browser that blocks storage throws already there */
  constructor(
    private readonly store: () => Store,
    user: string,
    exercise: string,
  ) {
    this.#key = ["backyard:draft", user, exercise].join(":");
  }

  /** What is kept, or null. `names` are the exercise's files: each had a place of its own once. */
  read(names: readonly string[] = []): Kept | null {
    return this.#quietly(() => parsed(this.store().getItem(this.#key)) ?? this.#readOld(names)) ?? null;
  }

  write(kept: Kept): void {
    this.#quietly(() => this.store().setItem(this.#key, JSON.stringify(kept)));
  }

  clear(names: readonly string[] = []): void {
    this.#quietly(() => {
      for (const key of [this.#key, ...this.#oldKeys(names)]) this.store().removeItem(key);
    });
  }

  #readOld(names: readonly string[]): Kept | null {
    const texts = this.#oldKeys(names).map((key) => this.store().getItem(key));
    const found = names.flatMap((name, index) => (texts[index] == null ? [] : [[name, texts[index]] as const]));
    return found.length > 0 ? { base: 0, at: Date.now(), files: Object.fromEntries(found) } : null;
  }

  #oldKeys(names: readonly string[]): string[] {
    return names.map((name) => `${this.#key}:${name}`);
  }

  #quietly<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch {
      this.kept = false;
      return undefined;
    }
  }
}

function parsed(text: string | null): Kept | null {
  const found: unknown = text === null ? null : JSON.parse(text);
  const whole = found !== null && typeof found === "object" && "files" in found && "base" in found;
  return whole ? (found as Kept) : null;
}
