import { address, camelCased, problemOf } from "./api.js";

const Silence = 40_000; // the service says something every 15 s, if only a heartbeat
const Waits = [400, 1000, 2000, 4000, 8000, 15_000];
const HiddenFor = 30_000; // a browser opens six connections to a service: tabs that nobody looks at give theirs back

/**
 * Server-sent events that mend themselves. Not EventSource: that gives up for good after a refusal, does not
 * notice a silent line, and cannot say when it will try again.
 *   onEvent(name, record), onState({ live, since, retryAt })
 */
export class Feed {
  #path; #onEvent; #onState;
  #last = null;
  #abort = null;
  #wake = null;
  #life = null; // of one start; a loop whose life is over ends, though another has begun
  #attempt = 0;
  #hidden = null;

  constructor(path, onEvent, onState = () => {}) {
    this.#path = path;
    this.#onEvent = onEvent;
    this.#onState = onState;
  }

  start() {
    if (this.#life) return;
    this.#life = {};
    this.#attempt = 0;
    document.addEventListener("visibilitychange", this.#seen);
    window.addEventListener("online", this.#again);
    this.#run(this.#life);
  }

  /** Ends it. Who starts it again, maybe as another person, is told everything from the beginning. */
  stop() {
    this.#life = null;
    this.#last = null;
    document.removeEventListener("visibilitychange", this.#seen);
    window.removeEventListener("online", this.#again);
    clearTimeout(this.#hidden);
    this.#abort?.abort();
    this.#wake?.();
  }

  /** Tries again at once. */
  retry() {
    this.#wake?.();
  }

  #again = () => this.retry();

  #seen = () => {
    clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = setTimeout(() => this.#abort?.abort(), HiddenFor);
    else this.retry();
  };

  async #run(life) {
    while (this.#life === life) {
      try {
        await this.#read(life);
      } catch (error) {
        if (error.status === 401 && this.#life === life) return this.stop();
      }
      if (this.#life !== life) return;
      const wait = document.hidden ? 86_400_000 : Waits[Math.min(this.#attempt, Waits.length - 1)];
      this.#attempt++;
      if (!document.hidden) this.#onState({ live: false, attempt: this.#attempt, retryAt: Date.now() + wait });
      await this.#pause(wait);
    }
  }

  #pause(wait) {
    return new Promise(done => {
      const timer = setTimeout(done, wait);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async #read(life) {
    const abort = this.#abort = new AbortController();
    const headers = { Accept: "text/event-stream" };
    if (this.#last !== null) headers["Last-Event-ID"] = this.#last;
    const answer = await fetch(address(this.#path), { headers, signal: abort.signal });
    if (!answer.ok) throw await problemOf(answer, this.#path);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let silence = null;
    try {
      let rest = "";
      for (;;) {
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), Silence);
        const { value, done } = await reader.read();
        if (done || this.#life !== life) return;
        this.#attempt = 0;
        this.#onState({ live: true });
        const blocks = (rest + value.replaceAll("\r\n", "\n")).split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) this.#take(block);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  #take(block) {
    let name = "message";
    const data = [];
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      if (colon <= 0) continue; // a comment, or a heartbeat
      const value = line.slice(colon + 1).replace(/^ /, "");
      const field = line.slice(0, colon);
      if (field === "event") name = value;
      else if (field === "data") data.push(value);
      else if (field === "id") this.#last = value;
    }
    if (data.length) this.#onEvent(name, camelCased(JSON.parse(data.join("\n"))));
  }
}
