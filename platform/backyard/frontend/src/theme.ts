// Light or dark: the system's choice, unless the person picked one with the button in the bar.

const KEY = "backyard:theme";
const BUTTONS = "[data-action=theme]";
type Theme = "light" | "dark";

function chosen(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // Storage is blocked: the system decides.
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

const system = matchMedia("(prefers-color-scheme: dark)");

function apply(theme: Theme): void {
  document.documentElement.dataset.bsTheme = theme;
  document.querySelectorAll<HTMLElement>(BUTTONS).forEach(describe);
}

function current(): Theme {
  return chosen() ?? (system.matches ? "dark" : "light");
}

function toggle(): void {
  const theme: Theme = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  remember(theme);
  apply(theme);
}

function describe(button: HTMLElement): void {
  const other = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  button.setAttribute("aria-label", `Switch to ${other} colours`);
  button.title = `Switch to ${other} colours`;
}

/** Set the theme now, keep up with the system, and wire `[data-action=theme]`. */
export function startTheme(): void {
  apply(current());
  system.addEventListener("change", () => apply(current()));
  for (const button of document.querySelectorAll<HTMLElement>(BUTTONS)) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
}
