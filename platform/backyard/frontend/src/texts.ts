// The texts of an exercise's files by name.

export type Texts = Readonly<Record<string, string>>;

/** The text of a file; null where there is none, whatever every object has of that name. */
export function textOf(texts: Texts, name: string): string | null {
  return Object.hasOwn(texts, name) ? (texts[name] ?? null) : null;
}

/** Whether both have the same files with the same texts. */
export function same(one: Texts, other: Texts): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === textOf(other, name));
}
