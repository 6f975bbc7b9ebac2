// The result of a submission as it comes in: state, tests one by one, and the verdict.

import { Attention } from "./attention";
import { graderNotice } from "./away";
import { cancel, Refused, type Submitted } from "./api";
import { Channel, GONE, type Sources } from "./channel";
import { make, meta, need, serverHtml } from "./dom";
import { Elapsed } from "./elapsed";
import { verdictWords, type EndData, type LiveEvent, type StateData, type TestData } from "./events";

const FAILED = ":is([data-outcome=failed], [data-outcome=error])";
const TITLES = { queued: "Queued", running: "Running…", done: "Done", cancelled: "Cancelled" } as const;

/** Whether all tests are run, and it counts, or the visible ones alone. */
export type Kind = "submit" | "run";

export class ResultPane {
  readonly #attention = new Attention();
  readonly #title = document.title;
  readonly #elapsed: Elapsed;
  #channel: Channel | null = null;

  constructor(private readonly root: HTMLElement) {
    this.#elapsed = new Elapsed(root.querySelector("[data-slot=elapsed]"));
    this.#form("cancel")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#cancel();
    });
  }

  /** Follow what the server says to be under way, if anything is. */
  resume(): void {
    const { eventsUrl, stateUrl, state, elapsed } = this.root.dataset;
    const over = state === "done" || state === "cancelled";
    if (eventsUrl && stateUrl && !over) this.#follow({ events: eventsUrl, state: stateUrl }, Number(elapsed));
  }

  /** A submission or a run was accepted: forget the former result and follow this one. */
  begin(submitted: Submitted, kind: Kind): void {
    this.root.dataset.kind = kind;
    this.#attention.expect();
    this.#forget();
    offer(this.#form("cancel"), submitted.cancel);
    this.#showState({ state: "queued", grader: "ok", label: "Accepted." });
    this.#attention.lead(this.#slot("state"));
    this.#follow(submitted, 0);
  }

  /** The events say what comes of it. */
  async #cancel(): Promise<void> {
    try {
      await cancel(this.#form("cancel")?.action ?? "", meta("csrf-token"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#trouble(error.message);
    }
  }

  #follow(sources: Sources, waited: number): void {
    this.#channel?.stop();
    this.#elapsed.from(waited);
    this.#channel = new Channel(sources, {
      hear: (event) => this.#hear(event),
      trouble: (sentence) => this.#trouble(sentence),
    });
    this.#channel.start();
  }

  #hear(event: LiveEvent): void {
    switch (event.event) {
      case "state":
        return this.#showState(event.data);
      case "test":
        return this.#showTest(event.data);
      case "reset":
        return this.#forget();
      case "verdict":
        return this.#showEnd("done", event.data, verdictWords(event.data.verdict, this.root.dataset.kind === "run"));
      case "cancelled":
        return this.#showEnd("cancelled", event.data, TITLES.cancelled);
    }
  }

  /** Every test that is to run stands as pending again. */
  #forget(): void {
    const pending = this.root.querySelector<HTMLTemplateElement>("template[data-slot=pending]");
    this.#slot("tests").replaceChildren(...(pending ? [pending.content.cloneNode(true)] : []));
    const isRun = this.root.dataset.kind === "run";
    if (isRun) this.#drop("[data-hidden]");
    this.root.querySelector("[data-slot=hidden]")?.toggleAttribute("hidden", isRun);
    offer(this.#form("again"), null);
    this.#slot("summary").replaceChildren();
    this.#trouble(null);
  }

  #showState({ state, grader, label }: Pick<StateData, "state" | "grader" | "label">): void {
    this.root.dataset.state = state;
    this.root.dataset.grader = grader;
    graderNotice()?.hear(grader === "away");
    this.#slot("state").textContent = label;
    document.title = `${TITLES[state]} – ${this.#title}`;
  }

  #showTest({ id, html }: TestData): void {
    const item = serverHtml(html);
    const shown = this.root.querySelector(`[data-test="${CSS.escape(id)}"]`);
    if (shown) shown.replaceWith(item);
    else this.#slot("tests").append(item);
  }

  #showEnd(state: "done" | "cancelled", { html, again_url }: EndData, words: string): void {
    this.root.dataset.state = state;
    this.#slot("state").textContent = "";
    this.#elapsed.stop();
    graderNotice()?.hear(false);
    this.#slot("summary").replaceChildren(serverHtml(html));
    this.#dropPending();
    this.#withdrawCancel();
    this.#offerAgain(again_url);
    document.title = `${words} – ${this.#title}`;
    const failed = this.root.querySelector(FAILED);
    if (failed) this.#attention.lead(failed, "start");
    else this.#attention.lead(this.#slot("summary"));
  }

  #offerAgain(address: string | null): void {
    const form = this.#form("again");
    offer(form, address);
    const button = form?.querySelector("button");
    if (button) button.textContent = button.dataset[this.root.dataset.kind ?? ""] ?? "";
  }

  /** Nothing comes in after the verdict, so nothing is pending: as the server shows it on a reload. */
  #dropPending(): void {
    this.#drop("[data-outcome=pending]");
  }

  #drop(tests: string): void {
    for (const item of this.#slot("tests").querySelectorAll(tests)) item.remove();
  }

  /** The keyboard's focus, if it was on the button, goes to the result, not to nowhere. */
  #withdrawCancel(): void {
    const form = this.#form("cancel");
    if (form?.contains(document.activeElement)) this.root.focus({ preventScroll: true });
    offer(form, null);
  }

  #trouble(sentence: string | null): void {
    this.root.querySelector("[data-slot=trouble]")?.remove();
    if (sentence === null) return;
    if (sentence === GONE) this.#elapsed.stop();
    this.#slot("state").after(make("p", { "data-slot": "trouble", role: "status" }, sentence));
  }

  /** A button's form; who may not use it has none. */
  #form(slot: "cancel" | "again"): HTMLFormElement | null {
    return this.root.querySelector<HTMLFormElement>(`form[data-slot=${slot}]`);
  }

  #slot(name: string): HTMLElement {
    return need(`[data-slot=${name}]`, HTMLElement, this.root);
  }
}

/** Let a form be sent to an address, or hide it where there is none. */
function offer(form: HTMLFormElement | null, action: string | null): void {
  if (!form) return;
  form.hidden = action === null;
  form.action = action ?? "";
}

let pane: ResultPane | null = null;

/** The page's one result pane, or null where the page has none. */
export function resultPane(): ResultPane | null {
  const root = document.querySelector<HTMLElement>("#result");
  if (root && !pane) pane = new ResultPane(root);
  return pane;
}
