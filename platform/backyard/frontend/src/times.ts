// Times in the reader's own zone.

const DAY: Intl.DateTimeFormatOptions = { dateStyle: "medium" };
const MINUTE: Intl.DateTimeFormatOptions = { ...DAY, timeStyle: "short" };
const SECOND: Intl.DateTimeFormatOptions = { ...DAY, timeStyle: "medium" };

/** As exactly as the server stated it: with the seconds, to the minute, or the day alone. */
export function precisionOf(stated: string): Intl.DateTimeFormatOptions {
  if (/\d:\d\d:\d\d/.test(stated)) return SECOND;
  return stated.includes(":") ? MINUTE : DAY;
}

/**
 * Show each `<time>` in the reader's own zone; the server's UTC text becomes its tooltip. An option can hold
 * no element: it has its time in `data-datetime`.
 */
export function localTimes(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>("time[datetime], option[data-datetime]")) {
    const moment = new Date(element instanceof HTMLTimeElement ? element.dateTime : (element.dataset.datetime ?? ""));
    if (Number.isNaN(moment.valueOf())) continue;
    const stated = element.textContent.trim();
    element.title = stated;
    element.textContent = new Intl.DateTimeFormat(undefined, precisionOf(stated)).format(moment);
  }
}
