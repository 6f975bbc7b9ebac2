// A schema as a diagram of entities and relationships, with all of it in words below.

import { make } from "./dom";
import { layOut, ROW, WIDTH, type Box, type Line } from "./layout-of-tables";
import type { SchemaTable } from "./tryout";

const SVG = "http://www.w3.org/2000/svg";
const PADDING = 8;

/** The diagram, and the same as text. */
export function diagramOf(tables: readonly SchemaTable[]): HTMLElement {
  const figure = make("figure", { class: "diagram" });
  if (tables.length === 0) {
    figure.append(make("p", {}, "Your schema makes no table yet."));
    return figure;
  }
  const scroll = make("div", { class: "diagram-scroll", tabindex: "0", role: "group", "aria-label": "Diagram" });
  scroll.append(drawingOf(tables));
  const words = make("details");
  words.append(make("summary", {}, "The same in words"), wordsOf(tables));
  figure.append(scroll, words);
  return figure;
}

function drawingOf(tables: readonly SchemaTable[]): SVGElement {
  const { boxes, lines, width, height } = layOut(tables);
  const names = tables.map(({ name }) => name).join(", ");
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
  svg.append(titled(`Tables ${names}; arrows lead from a reference to what it refers to`), arrowHead());
  svg.append(...lines.map(lineOf), ...boxes.map(boxOf));
  return svg;
}

function boxOf({ table, x, y, height }: Box): SVGElement {
  const group = shape("g", { transform: `translate(${x} ${y})` });
  group.append(shape("rect", { width: WIDTH, height, rx: 6, class: "diagram-table" }));
  group.append(shape("rect", { width: WIDTH, height: ROW, rx: 6, class: "diagram-head" }));
  group.append(label(table.name, PADDING, 0, "diagram-name"));
  const referring = new Set(table.references.flatMap(({ columns }) => columns));
  table.columns.forEach((column, index) => {
    const marks = [column.key ? "PK" : "", referring.has(column.name) ? "FK" : ""].filter(Boolean).join(" ");
    const type = column.required ? column.type : `${column.type}?`;
    group.append(label(`${clipped(column.name, 18)}`, PADDING, index + 1, "diagram-column"));
    const right = label(`${clipped(type.toLowerCase(), 16)} ${marks}`.trim(), WIDTH - PADDING, index + 1, "diagram-type");
    right.setAttribute("text-anchor", "end");
    group.append(right);
  });
  return group;
}

function lineOf({ points }: Line): SVGElement {
  const [start, ...rest] = points.map(([x, y]) => `${x} ${y}`);
  return shape("path", { d: `M${start} ${rest.map((point) => `L${point}`).join(" ")}`, class: "diagram-line" });
}

function label(text: string, x: number, row: number, kind: string): SVGElement {
  const element = shape("text", { x, y: row * ROW + ROW * 0.7, class: kind });
  element.textContent = text;
  return element;
}

function titled(text: string): SVGElement {
  const element = shape("title", {});
  element.textContent = text;
  return element;
}

function arrowHead(): SVGElement {
  const marker = shape("marker", { id: "diagram-arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" });
  marker.append(shape("path", { d: "M0 0L8 4L0 8z", class: "diagram-arrow" }));
  return marker;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function wordsOf(tables: readonly SchemaTable[]): HTMLElement {
  const list = make("dl", { class: "diagram-words" });
  for (const table of tables) {
    list.append(make("dt", {}, table.name), ...sentences(table).map((sentence) => make("dd", {}, sentence)));
  }
  return list;
}

function sentences(table: SchemaTable): string[] {
  const columns = table.columns.map(({ name, type, required, key }) => {
    const more = key ? ", key" : required ? ", required" : "";
    return `${name} (${type.toLowerCase()}${more})`;
  });
  return [
    columns.join(", "),
    ...table.references.map((one) => `${one.columns.join(", ")} → ${one.table} (${one.their.join(", ")})`),
    ...table.unique.map((names) => `unique: ${names.join(", ")}`),
    ...table.checks.map((check) => `check: ${check}`),
  ];
}
