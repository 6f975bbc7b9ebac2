// Links to a line of a file: #file=app.py&line=12

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The place that an address' hash names, or null. */
export function placeOf(hash: string): Place | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const file = parts.get("file");
  const line = Number(parts.get("line") ?? "1");
  return file && Number.isInteger(line) && line > 0 ? { file, line } : null;
}

/** Go to the page's place now, and whenever lines.ts says that one is wanted. */
export function followPlaces(go: (place: Place) => void): void {
  const follow = (hash: string): void => {
    const place = placeOf(hash);
    if (place) go(place);
  };
  addEventListener("hashchange", () => follow(location.hash));
  follow(location.hash);
}
