// The other tabs of this browser that show the same exercise to the same person.

import type { Other } from "./opening";

export class Siblings {
  readonly #channel: BroadcastChannel | null;

  constructor(user: string, exercise: string, heard: (other: Other) => void) {
    const name = ["backyard:drafts", user, exercise].join(":");
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<Other>) => heard(data));
  }

  tell(version: Other): void {
    this.#channel?.postMessage(version);
  }
}
