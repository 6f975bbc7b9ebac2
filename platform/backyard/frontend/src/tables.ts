// Rows as a table. All that stands in it is text.

import { make } from "./dom";

type Row = readonly (string | null)[];

/** A table with a caption that can be scrolled by keyboard. */
export function tableOf(caption: string, columns: readonly string[], rows: readonly Row[]): HTMLElement {
  const table = make("table", { class: "rows", tabindex: "0" });
  const head = make("tr");
  head.append(...columns.map((name) => make("th", { scope: "col" }, name)));
  const top = make("thead");
  top.append(head);
  const body = make("tbody");
  body.append(...rows.map(rowOf));
  table.append(make("caption", {}, caption), top, body);
  return table;
}

function rowOf(row: Row): HTMLElement {
  const line = make("tr");
  for (const value of row) {
    const cell = make("td", {}, value ?? "");
    if (value === null) cell.append(make("em", { class: "null" }, "NULL"));
    line.append(cell);
  }
  return line;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
