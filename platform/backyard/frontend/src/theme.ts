// Light or dark: the system's choice, unless the person picked one. The server knows the pick and
// writes it into the page, so that nothing flashes; the button in the bar tells the server.

import { meta } from "./dom";

const BUTTONS = "[data-action=theme]";
const YEAR_S = 365 * 24 * 3600;
type Theme = "light" | "dark";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** What the person picked; null where the system decides. */
let picked: Theme | null = null;

function shown(): Theme {
  return picked ?? (system.matches ? "dark" : "light");
}

function apply(): void {
  root.dataset.bsTheme = shown();
  document.querySelectorAll<HTMLElement>(BUTTONS).forEach(describe);
}

function describe(button: HTMLElement): void {
  const text = `Switch to ${other()} colours`;
  button.setAttribute("aria-label", text);
  button.title = text;
}

function other(): Theme {
  return shown() === "dark" ? "light" : "dark";
}

function toggle(event: Event): void {
  picked = other();
  apply();
  tickSetting(picked);
  // For pages that are read without an account; their server knows this browser by nothing else.
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${picked}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
  const url = (event.currentTarget as HTMLElement).dataset.url;
  if (url) void keep(url, picked);
}

/** The settings page shows the same choice as a form. */
function tickSetting(theme: Theme): void {
  const radio = document.querySelector<HTMLInputElement>(`input[name=theme][value=${theme}]`);
  if (radio) radio.checked = true;
}

async function keep(url: string, theme: Theme): Promise<void> {
  const body = new URLSearchParams({ theme });
  const headers = { Accept: "application/json", "X-CSRFToken": meta("csrf-token") };
  try {
    await fetch(url, { method: "POST", body, headers });
  } catch {
    // No connection: the choice holds for this page.
  }
}

/** Keep up with the system where it decides, and wire `[data-action=theme]`. */
export function startTheme(): void {
  const given = root.dataset.bsTheme;
  picked = given === "light" || given === "dark" ? given : null;
  apply();
  system.addEventListener("change", apply);
  for (const button of document.querySelectorAll<HTMLElement>(BUTTONS)) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
}
