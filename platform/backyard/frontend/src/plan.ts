// PostgreSQL's plan, drawn: each step a box below the one that it feeds, with its share of the time.

import { make } from "./dom";
import { counted } from "./tables";
import type { PlanNode } from "./tryout";

/** The plan as a nested list, innermost steps first done. */
export function planOf(root: PlanNode): HTMLElement {
  const figure = make("figure", { class: "plan" });
  const list = make("ul");
  list.append(stepOf(root, Math.max(timeOf(root), 0.001)));
  figure.append(make("figcaption", {}, "Plan: what stands below feeds what is above"), list);
  return figure;
}

/** Milliseconds of all loops of a node, those below it included. */
function timeOf(node: PlanNode): number {
  return (node["Actual Total Time"] ?? 0) * (node["Actual Loops"] ?? 1);
}

/** Milliseconds of the node itself. */
export function ownTime(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, child) => sum + timeOf(child), 0);
  return Math.max(0, timeOf(node) - below);
}

function stepOf(node: PlanNode, whole: number): HTMLElement {
  const item = make("li");
  const box = make("div", { class: "plan-step" });
  box.append(make("strong", {}, titleOf(node)), make("span", {}, figuresOf(node)));
  const share = make("meter", { min: "0", max: "1", value: String(Math.min(1, ownTime(node) / whole)) });
  share.setAttribute("aria-label", `${Math.round((100 * ownTime(node)) / whole)} % of the time`);
  box.append(share);
  for (const condition of [node["Index Cond"], node["Hash Cond"], node.Filter]) {
    if (condition) box.append(make("code", {}, condition));
  }
  item.append(box);
  if (node.Plans?.length) {
    const below = make("ul");
    below.append(...node.Plans.map((child) => stepOf(child, whole)));
    item.append(below);
  }
  return item;
}

/** Such as `Hash Join (Left)`, or `Index Scan of orders by orders_pkey`. */
export function titleOf(node: PlanNode): string {
  const join = node["Join Type"] && node["Join Type"] !== "Inner" ? ` (${node["Join Type"]})` : "";
  const table = node["Relation Name"] ? ` of ${node["Relation Name"]}` : "";
  const index = node["Index Name"] ? ` by ${node["Index Name"]}` : "";
  return `${node["Node Type"]}${join}${table}${index}`;
}

function figuresOf(node: PlanNode): string {
  const rows = (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 1);
  return `${counted(Math.round(rows), "row")} (${node["Plan Rows"]} expected) · ${ownTime(node).toFixed(2)} ms`;
}
