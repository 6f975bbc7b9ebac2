// Times in the reader's own zone.

/** Show each `<time>` in the reader's own zone and as exactly as before; the server's UTC text becomes its tooltip. */
export function localTimes(root: ParentNode = document): void {
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
  const minute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    const stated = element.textContent.trim();
    element.title = stated;
    element.textContent = (stated.includes(":") ? minute : day).format(moment);
  }
}
