// Brings a submission's events to the page: a server-sent stream, and polling where that fails.

import { EVENT_NAMES, LAST, type LiveEvent } from "./events";

export interface Sources {
  /** The SSE stream. */
  readonly events: string;
  /** The same events as JSON, for polling: `?after=<event id>`. */
  readonly state: string;
}

export interface Audience {
  readonly hear: (event: LiveEvent) => void;
  /** A sentence when the connection is in trouble, null when it is fine again. */
  readonly trouble: (sentence: string | null) => void;
}

interface StatePage {
  readonly events: readonly (LiveEvent & { readonly id: string | number })[];
  readonly done: boolean;
}

const POLL_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** What the pause between two questions grows by while nothing new comes. */
const GROWTH = 1.5;
/** A proxy may hold a stream back for ever: without any event by then, polling takes over. */
const FIRST_EVENT_MS = 8_000;
/** Errors in a row, once the stream has worked. */
const ERRORS_IN_A_ROW = 3;
/** The server itself ends each stream after 55 s: one that was open this long did not fail. */
const FULL_LIFE_MS = 50_000;

const LOST = "The connection is lost. Your submission is safe; trying again…";
/** Nothing is followed after this. */
export const GONE = "This result can't be read any more. Log in again, or open it from your history.";

/** Follow one submission until its verdict or its cancelling, or until `stop()`. */
export class Channel {
  #last = "";
  #errors = 0;
  #openedAt = Infinity;
  #stream: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(
    private readonly sources: Sources,
    private readonly audience: Audience,
  ) {}

  /** Open the stream. */
  start(): void {
    const stream = new EventSource(this.sources.events);
    this.#stream = stream;
    for (const name of EVENT_NAMES) {
      stream.addEventListener(name, (message) => this.#receive(name, message));
    }
    stream.addEventListener("open", () => {
      this.#openedAt = Date.now();
    });
    stream.addEventListener("error", () => this.#streamEnded(stream));
    this.#timer = setTimeout(() => this.#poll(), FIRST_EVENT_MS);
  }

  /** Close whatever is open. No event is heard after this. */
  stop(): void {
    this.#stopped = true;
    this.#closeStream();
    clearTimeout(this.#timer);
  }

  #closeStream(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  #receive(name: LiveEvent["event"], message: MessageEvent<string>): void {
    clearTimeout(this.#timer);
    this.#errors = 0;
    this.#deliver(message.lastEventId, {
      event: name,
      data: JSON.parse(message.data),
    } as LiveEvent);
  }

  #deliver(id: string, event: LiveEvent): void {
    if (this.#stopped) return;
    this.#last = id || this.#last;
    if (LAST.has(event.event)) this.stop();
    this.audience.hear(event);
  }

  /** The browser tells an ordinary end as an error too, and comes back by itself. */
  #streamEnded(stream: EventSource): void {
    const lived = Date.now() - this.#openedAt;
    this.#openedAt = Infinity;
    this.#errors = lived < FULL_LIFE_MS ? this.#errors + 1 : 0;
    const patience = this.#last === "" ? 1 : ERRORS_IN_A_ROW;
    if (stream.readyState === EventSource.CLOSED || this.#errors >= patience) void this.#poll();
  }

  async #poll(pause = POLL_MS): Promise<void> {
    this.#closeStream();
    clearTimeout(this.#timer);
    const next = await this.#pollOnce(pause);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#poll(next), next);
  }

  /** One question; returns how long to wait before the next, in milliseconds. */
  async #pollOnce(pause: number): Promise<number> {
    try {
      const answer = await fetch(this.#pollUrl(), { headers: { Accept: "application/json" } });
      if ([401, 403, 404].includes(answer.status)) return this.#giveUp();
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const page = (await answer.json()) as StatePage;
      this.#read(page);
      return page.events.length > 0 ? POLL_MS : longer(pause);
    } catch {
      if (!this.#stopped) this.audience.trouble(LOST);
      return longer(pause);
    }
  }

  #pollUrl(): string {
    const joint = this.sources.state.includes("?") ? "&" : "?";
    return `${this.sources.state}${joint}after=${encodeURIComponent(this.#last)}`;
  }

  #read(page: StatePage): void {
    if (!this.#stopped) this.audience.trouble(null);
    for (const event of page.events) this.#deliver(String(event.id), event);
    if (page.done) this.stop();
  }

  #giveUp(): number {
    if (!this.#stopped) this.audience.trouble(GONE);
    this.stop();
    return 0;
  }
}

function longer(pause: number): number {
  return Math.min(pause * GROWTH, LONGEST_PAUSE_MS);
}
