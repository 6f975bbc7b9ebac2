// Where the tables of a diagram stand: each to the right of those that it refers to. Pure.

import type { SchemaTable } from "./tryout";

export const WIDTH = 250;
export const ROW = 22;
const GAP_ACROSS = 70;
const GAP_DOWN = 28;
const MARGIN = 12;

export interface Box {
  readonly table: SchemaTable;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Line {
  readonly points: readonly (readonly [number, number])[];
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Columns from the left: what refers to nothing, then what refers to that. */
export function layOut(tables: readonly SchemaTable[]): Layout {
  const depths = depthsOf(tables);
  const bottoms = new Map<number, number>();
  const boxes = tables.map((table) => {
    const depth = depths.get(table.name) ?? 0;
    const y = bottoms.get(depth) ?? MARGIN;
    const height = (table.columns.length + 1) * ROW + 6;
    bottoms.set(depth, y + height + GAP_DOWN);
    return { table, x: MARGIN + depth * (WIDTH + GAP_ACROSS), y, height };
  });
  const byName = new Map(boxes.map((box) => [box.table.name, box]));
  return {
    boxes,
    lines: boxes.flatMap((box) => linesOf(box, byName)),
    width: Math.max(...boxes.map(({ x }) => x)) + WIDTH + MARGIN + GAP_ACROSS / 2,
    height: Math.max(...bottoms.values()),
  };
}

/** How many references lead away from a table at most; circles and references to itself count once. */
export function depthsOf(tables: readonly SchemaTable[]): Map<string, number> {
  const depths = new Map<string, number>();
  const targets = new Map(tables.map((table) => [table.name, table.references.map((one) => one.table)]));
  const depthOf = (name: string, above: ReadonlySet<string>): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const path = new Set([...above, name]);
    const below = (targets.get(name) ?? []).filter((other) => targets.has(other) && !path.has(other));
    const depth = below.length === 0 ? 0 : 1 + Math.max(...below.map((other) => depthOf(other, path)));
    if (above.size === 0) depths.set(name, depth);
    return depth;
  };
  for (const { name } of tables) depthOf(name, new Set());
  return depths;
}

function linesOf(box: Box, byName: ReadonlyMap<string, Box>): Line[] {
  return box.table.references.flatMap(({ columns, table }) => {
    const target = byName.get(table);
    if (!target) return [];
    const index = box.table.columns.findIndex(({ name }) => name === columns[0]);
    const from = box.y + (index + 1.5) * ROW;
    const to = target.y + ROW / 2;
    if (target.x < box.x) {
      const middle = box.x - GAP_ACROSS / 2;
      return [{ points: [[box.x, from], [middle, from], [middle, to], [target.x + WIDTH, to]] }];
    }
    const outside = box.x + WIDTH + GAP_ACROSS / 3;
    return [{ points: [[box.x + WIDTH, from], [outside, from], [outside, to], [target.x + WIDTH, to]] }];
  });
}
