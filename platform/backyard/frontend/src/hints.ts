// Opens a hint without leaving the page, on which somebody may be typing.

import { meta, serverHtml } from "./dom";

const TROUBLE = "The hint can't be opened just now. Try again in a moment.";

interface Answer {
  readonly html?: string;
  readonly error?: string;
}

export function openHints(): void {
  const slot = document.querySelector<HTMLElement>("[data-slot=hints]");
  slot?.addEventListener("submit", (event) => {
    event.preventDefault();
    void open(slot, event.target as HTMLFormElement);
  });
}

async function open(slot: HTMLElement, form: HTMLFormElement): Promise<void> {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const headers = { Accept: "application/json", "X-CSRFToken": meta("csrf-token") };
  const sent = fetch(form.action, { method: "POST", headers, body: new FormData(form) });
  const answer = (await sent.then((response) => response.json()).catch(() => ({}))) as Answer;
  if (answer.html === undefined) {
    form.ariaBusy = "false";
    complain(slot, answer.error ?? TROUBLE);
    return;
  }
  slot.replaceChildren(serverHtml(answer.html));
  // The button that was pressed is gone: the keyboard goes on at the next one, or at the hint.
  (slot.querySelector("button") ?? slot.querySelector<HTMLElement>("details:last-of-type > summary"))?.focus();
}

function complain(slot: HTMLElement, sentence: string): void {
  const note = slot.querySelector<HTMLElement>(".hints-note");
  if (!note) return;
  note.textContent = sentence;
  note.hidden = false;
}
