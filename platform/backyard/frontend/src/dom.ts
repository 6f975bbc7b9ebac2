// Small helpers around the document.

/** The one element that matches, or an error that names what the template lacks. */
export function need<T extends HTMLElement>(
  selector: string,
  type: new () => T,
  root: ParentNode = document,
): T {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** The content of `<meta name=…>`, or "" where there is none. */
export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/**
 * Nodes of a fragment that our own server rendered for a `test` or `verdict` event.
 *
 * The only way in which text becomes HTML here. It is safe because the server renders these
 * fragments with the same autoescaping Jinja macros as the pages themselves, and because a
 * template element runs no script, while the page's CSP refuses inline ones anyway.
 */
export function serverHtml(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Make an element with attributes; the text is text, never HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}
