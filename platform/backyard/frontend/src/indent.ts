// One level of indentation, by the file's own text.

const LINES = 2_000;

/** A tab, two or four spaces: what most lines of `text` go in or out by. Null where none does. */
export function guessIndent(text: string): string | null {
  const counts = new Map<string, number>();
  let before = 0;
  for (const line of text.split("\n", LINES)) {
    const blank = /^([ \t]*)\S/.exec(line)?.[1];
    if (blank === undefined) continue;
    const unit = blank.startsWith("\t") ? "\t" : " ".repeat(Math.abs(blank.length - before));
    before = blank.startsWith("\t") ? 0 : blank.length;
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const found = ["\t", "    ", "  "].filter((unit) => counts.has(unit));
  return found.sort((one, two) => (counts.get(two) ?? 0) - (counts.get(one) ?? 0))[0] ?? null;
}
