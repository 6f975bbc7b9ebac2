// Which files a person may add. The same rule as grader/names.py has: what is kept here, the server takes.

import { textOf, type Texts } from "./texts";

/** What the page says of it. `letters` is a pattern for any file's name, as JavaScript reads it too. */
export interface Rule {
  readonly own: readonly string[];
  readonly mayAdd: readonly string[];
  readonly letters: string;
  readonly longest: number;
  readonly most: number;
}

export class Names {
  /** The exercise's own files, which are always there. */
  readonly own: readonly string[];
  readonly #patterns: readonly RegExp[];
  readonly #letters: RegExp;

  constructor(private readonly rule: Rule) {
    this.own = rule.own;
    this.#letters = whole(rule.letters);
    this.#patterns = rule.mayAdd.map((pattern) => whole(pattern.split("*").map(literal).join("[^/]*")));
  }

  /** Whether any can be added at all. */
  get areOpen(): boolean {
    return this.#patterns.length > 0;
  }

  /** What names may be like, as part of a sentence. */
  get like(): string {
    return this.rule.mayAdd.join(" or ");
  }

  /** Whether a file of this name may be added, looked at by itself. */
  mayBeAdded(name: string): boolean {
    const fits = this.#isName(name) && this.#patterns.some((pattern) => pattern.test(name));
    return fits && !this.own.includes(name);
  }

  /** Why no file of this name can stand beside the others, as a sentence; null where it can. */
  refusal(name: string, others: readonly string[]): string | null {
    if (name === "") return "Give the file a name.";
    if (others.includes(name) || this.own.includes(name)) return `${name} is there already. Choose another name.`;
    if (!this.#isName(name)) return this.#notAName();
    if (!this.mayBeAdded(name)) return `Files that you add here are named like ${this.like}.`;
    if (others.length >= this.rule.most) return `There are ${others.length} files, and no more are allowed.`;
    return others.map((other) => clash(name, other)).find((why) => why !== null) ?? null;
  }

  #isName(name: string): boolean {
    return name.length <= this.rule.longest && this.#letters.test(name);
  }

  #notAName(): string {
    const { longest } = this.rule;
    return `A name has letters from a to z, digits, dots, _ and -, with a / behind a folder's; each part begins with a letter, a digit or _, and all have ${longest} characters at most.`;
  }
}

/** `texts` as far as the exercise takes such files; its own that are missing are taken from `all`. */
export function within(names: Names, all: Texts, texts: Texts): Texts {
  const own = names.own.map((name) => [name, textOf(texts, name) ?? textOf(all, name) ?? ""]);
  const added = Object.entries(texts).filter(([name]) => names.mayBeAdded(name));
  return Object.fromEntries([...own, ...added]) as Texts;
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}

/** Why two names can't stand side by side, on every system and for Python. */
function clash(one: string, other: string): string | null {
  if (one.toLowerCase() === other.toLowerCase()) return `${one} and ${other} differ in upper and lower case only. Choose another name.`;
  const pairs = [[one, other], [other, one]] as const;
  for (const [file, inside] of pairs) {
    if (inside.toLowerCase().startsWith(`${file.toLowerCase()}/`)) return `${file} is a file, so ${inside} can't be in a folder of its name.`;
    if (file.endsWith(".py") && inside === `${file.slice(0, -3)}/__init__.py`) return `Python would take ${inside} in place of ${file}.`;
  }
  const [here, there] = [one.split("/").slice(0, -1), other.split("/").slice(0, -1)];
  const differs = here.findIndex((folder, index) => folder !== there[index]);
  const alike = here[differs]?.toLowerCase() === there[differs]?.toLowerCase();
  if (differs >= 0 && alike) return `${one} and ${other} are in folders that differ in upper and lower case only. Choose another name.`;
  return null;
}
