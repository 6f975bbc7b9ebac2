// How wide the panes are, in percent of the page; the editor has what the others leave.

export interface Sizes {
  readonly statement: number;
  readonly result: number;
}

export type Sized = keyof Sizes;

export const USUAL: Sizes = { statement: 27, result: 31 };

const LEAST = 15;
const LEAST_EDITOR = 25;

/** What a pane may have at most beside the other one. */
export function most(sizes: Sizes, pane: Sized): number {
  const other = pane === "statement" ? sizes.result : sizes.statement;
  return 100 - LEAST_EDITOR - other;
}

/** The sizes with one pane as wide as is wanted and possible. */
export function resized(sizes: Sizes, pane: Sized, wanted: number): Sizes {
  const size = Math.min(Math.max(wanted, LEAST), most(sizes, pane));
  return { ...sizes, [pane]: Math.round(size * 10) / 10 };
}

/** What is kept, as far as it makes sense. */
export function parseSizes(text: string | null): Sizes {
  try {
    const { statement, result } = JSON.parse(text ?? "{}") as Partial<Sizes>;
    if (typeof statement !== "number" || typeof result !== "number") return USUAL;
    return resized(resized({ statement: LEAST, result: LEAST }, "statement", statement), "result", result);
  } catch {
    return USUAL;
  }
}

/** The size that a key asks for, or null for other keys. `least` and `most` are what Home and End mean. */
export function sizeFor(key: string, sizes: Sizes, pane: Sized): number | null {
  const wider = pane === "statement" ? "ArrowRight" : "ArrowLeft";
  const narrower = pane === "statement" ? "ArrowLeft" : "ArrowRight";
  return (
    new Map([
      [wider, sizes[pane] + 2],
      [narrower, sizes[pane] - 2],
      ["Home", LEAST],
      ["End", most(sizes, pane)],
    ]).get(key) ?? null
  );
}

export { LEAST };
