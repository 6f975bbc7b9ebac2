// The page of `backyard preview`: follows what its author saves.

import { startTheme } from "./theme";

interface State {
  version: number;
  html: string;
}

const INTERVAL = 700;

const { state: url = "", version: first = "0" } = document.body.dataset;
const gate = document.querySelector("[data-gate]");
const shown = document.querySelector("iframe");
let version = Number(first);
let html = "";

async function follow(): Promise<void> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const state = (await answer.json()) as State;
  if (gate && state.html !== html) {
    gate.innerHTML = html = state.html;
  }
  if (state.version !== version) {
    version = state.version;
    shown?.contentWindow?.location.reload();
  }
}

async function followAlways(): Promise<void> {
  try {
    await follow();
  } catch {
    // the preview was stopped, or is starting anew: look again
  }
  setTimeout(() => void followAlways(), INTERVAL);
}

startTheme();
void followAlways();
