// Times in the reader's own zone.

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const MINUTE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const SECOND = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
/** By the colons of the server's text. */
const EXACTLY = [DAY, MINUTE, SECOND] as const;

/** Show each time in the reader's own zone and as exactly as before; the server's UTC text becomes its tooltip. */
export function localTimes(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>("time[datetime], option[data-datetime]")) {
    const moment = new Date(element.dataset.datetime ?? element.getAttribute("datetime") ?? "");
    if (Number.isNaN(moment.valueOf())) continue;
    const stated = element.textContent.trim();
    element.title = stated;
    element.textContent = (EXACTLY[stated.split(":").length - 1] ?? SECOND).format(moment);
  }
}
