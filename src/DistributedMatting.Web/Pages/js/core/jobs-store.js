import { call } from "./api.js";
import { Feed } from "./feed.js";

/**
 * All jobs that these pages know, kept as they stand by one stream. Changes are told at most five times a second,
 * as an event "change" with the set of ids in detail.
 */
class JobsStore extends EventTarget {
  jobs = new Map();
  total = 0;
  link = { live: false, attempt: 0 };
  loaded = false;

  #feed = new Feed("/jobs/events", (name, record) => this.#take(name, record), state => this.#linked(state));
  #dirty = new Set();
  #timer = null;
  #oldest = null; // when the last job of the snapshot was submitted; null if it had them all

  start() { this.#feed.start(); }

  stop() {
    this.#feed.stop();
    this.jobs.clear();
    this.total = 0;
    this.#oldest = null;
    this.loaded = false;
    this.link = { live: false, attempt: 0 };
  }

  retry() { this.#feed.retry(); }

  get(id) { return this.jobs.get(id) ?? null; }

  put(job) {
    if (!this.jobs.has(job.id) && this.loaded && !this.#isOlder(job)) this.total++;
    this.jobs.set(job.id, job);
    this.#mark(job.id);
  }

  forget(id) {
    if (this.jobs.delete(id)) this.total = Math.max(0, this.total - 1);
    this.#mark(id);
  }

  /** Jobs before those that came by themselves. */
  async loadMore(query = {}) {
    const page = await call("GET", `/jobs?${new URLSearchParams({ limit: 500, ...query })}`);
    for (const job of page.jobs) this.#keep(job);
    return page.total;
  }

  /** One job, asked for where it is not known; throws a Problem where there is none. */
  async fetch(id) {
    if (!this.jobs.has(id)) this.#keep(await call("GET", `/jobs/${id}`));
    return this.jobs.get(id);
  }

  #keep(job) {
    const known = this.jobs.get(job.id);
    if (known && known.version >= job.version) return;
    this.jobs.set(job.id, job);
    this.#mark(job.id);
  }

  #take(name, record) {
    if (name === "snapshot") {
      for (const id of this.jobs.keys()) this.#mark(id);
      const older = this.#older(record);
      this.jobs = new Map([...record.jobs, ...older].map(job => [job.id, job]));
      for (const job of older) if (!job.finishedUtc) this.#askAgain(job.id);
      this.total = record.total;
      this.loaded = true;
      for (const id of this.jobs.keys()) this.#mark(id);
      this.#mark("");
    } else if (name === "job") {
      this.put(record);
    } else if (name === "deleted") {
      this.forget(record.id);
    }
  }

  /** Those that lie too far back to be in a snapshot, which has room for the newest: they are not gone. */
  #older({ jobs, total }) {
    this.#oldest = jobs.length < total ? jobs.map(job => job.submittedUtc).sort()[0] : null;
    const there = new Set(jobs.map(job => job.id));
    return [...this.jobs.values()].filter(job => this.#isOlder(job) && !there.has(job.id));
  }

  #isOlder(job) {
    return this.#oldest !== null && job.submittedUtc <= this.#oldest;
  }

  // Nobody tells what happened to it while the connection was away.
  async #askAgain(id) {
    try {
      this.#keep(await call("GET", `/jobs/${id}`));
    } catch (problem) {
      if (problem.status === 404) this.forget(id);
    }
  }

  #linked(state) {
    if (state.live && this.link.live) return;
    this.link = { ...state, since: state.live ? null : this.link.since ?? Date.now() };
    this.dispatchEvent(new Event("link"));
  }

  #mark(id) {
    this.#dirty.add(id);
    this.#timer ??= setTimeout(() => {
      const ids = this.#dirty;
      this.#dirty = new Set();
      this.#timer = null;
      this.dispatchEvent(new CustomEvent("change", { detail: ids }));
    }, this.loaded ? 200 : 0);
  }
}

export const store = new JobsStore();
