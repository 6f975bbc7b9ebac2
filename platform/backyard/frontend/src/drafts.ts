// Keeps what a person types, at once and in this browser, until the server has it.

/** The part of `localStorage` that drafts need. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Drafts of one person's work on one exercise. A file has one only while it differs from the server's. */
export class Drafts {
  /** False once the browser refused to keep something: storage is blocked or full. */
  kept = true;

  /** @param store asked anew each time, since a browser that blocks storage throws already there */
  constructor(
    private readonly store: () => Store,
    private readonly user: string,
    private readonly exercise: string,
  ) {}

  /** The draft of a file, or null where there is none. */
  read(file: string): string | null {
    return this.#quietly(() => this.store().getItem(this.#key(file))) ?? null;
  }

  /** Keep `text`, unless the server has just that. */
  write(file: string, text: string, onServer: string): void {
    this.#quietly(() => {
      if (text === onServer) this.store().removeItem(this.#key(file));
      else this.store().setItem(this.#key(file), text);
    });
  }

  #key(file: string): string {
    return ["backyard:draft", this.user, this.exercise, file].join(":");
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
