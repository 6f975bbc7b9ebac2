// The texts of an exercise's files by name.

export type Texts = Readonly<Record<string, string>>;

/** Whether both have the same files with the same texts. */
export function same(one: Texts, other: Texts): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
