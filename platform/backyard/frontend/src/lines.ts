// Links such as /exercises/flask/books#file=app.py&line=12, which lead from a traceback into the editor. On the page of that very exercise
// they only change the hash, so that nothing is loaded again; a second click on the same link counts, too.

const LINK = "a.source-link";

export function sourceLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(LINK);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== location.pathname) return;
    event.preventDefault();
    if (location.hash === link.hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = link.hash;
  });
}
