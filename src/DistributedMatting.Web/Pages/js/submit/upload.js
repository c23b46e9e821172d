import { address, call, Problem, problemOf } from "../core/api.js";
import { recall, remember } from "../core/storage.js";
import { session } from "../core/session.js";

const Waits = [500, 1000, 2000, 4000, 8000, 15_000];

/** A name that no other has; not of the crypto API's own making, which plain http does not offer. */
export function draw() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * One file on its way up, in pieces, each from where the service says it has come to. A broken connection is mended by
 * itself; the same file given again, even after the page was closed, goes on where it was.
 *   onProgress({ sent, bytes, waiting })
 */
export class Upload {
  #file; #onProgress; #abort = new AbortController(); #key;
  id = null;

  constructor(file, onProgress) {
    this.#file = file;
    this.#onProgress = onProgress;
    this.#key = `upload:${file.name}:${file.size}:${file.lastModified}`;
  }

  /** Sends it all; resolves to the upload's id, rejects with a Problem. */
  async send() {
    const token = recall(this.#key) ?? draw();
    remember(this.#key, token);
    let attempt = 0;
    let record = null;
    for (;;) {
      try {
        record ??= await call("POST", "/uploads", { token, name: this.#file.name, bytes: this.#file.size }, { signal: this.#abort.signal });
        this.id = record.id;
        if (attempt > 0) record = { ...record, ...await call("GET", `/uploads/${record.id}`, undefined, { signal: this.#abort.signal }) };
        let offset = record.offset;
        this.#tell(offset);
        while (offset < this.#file.size) {
          offset = await this.#piece(record.id, offset);
          attempt = 0;
        }
        return record.id;
      } catch (problem) {
        if (this.#abort.signal.aborted) throw problem;
        if (problem.status === 404 && record !== null) record = null; // it was swept: from the beginning
        else if (problem.status !== 0 && problem.status !== 409 && problem.status !== 429 && !(problem.status >= 500)) throw problem;
        if (attempt >= 40) throw problem;
        this.#onProgress({ sent: this.sent ?? 0, bytes: this.#file.size, waiting: true });
        await pause(Waits[Math.min(attempt, Waits.length - 1)], this.#abort.signal);
        attempt++;
      }
    }
  }

  /** Gives it up, here and at the service. */
  async cancel() {
    this.#abort.abort();
    this.forget();
    if (this.id) await call("DELETE", `/uploads/${this.id}`).catch(() => {});
  }

  /** The file has become a job's: the same file given again is another upload. */
  forget() {
    remember(this.#key, null);
  }

  #tell(sent) {
    this.sent = sent;
    this.#onProgress({ sent, bytes: this.#file.size, waiting: false });
  }

  // XMLHttpRequest: fetch cannot say how much of a body has gone.
  #piece(id, offset) {
    const end = Math.min(offset + (session.me?.uploads?.chunkBytes ?? 4 * 1024 * 1024), this.#file.size);
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const abort = () => request.abort();
      this.#abort.signal.addEventListener("abort", abort);
      request.open("PATCH", address(`/uploads/${id}`));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.setRequestHeader("Upload-Offset", offset);
      request.upload.onprogress = event => this.#tell(offset + event.loaded);
      request.onloadend = () => this.#abort.signal.removeEventListener("abort", abort);
      request.onload = async () => {
        if (request.status >= 200 && request.status < 300) return done(Number(request.getResponseHeader("Upload-Offset") ?? end));
        failed(await problemOf(new Response(request.responseText, { status: Math.max(request.status, 200) }), "/uploads"));
      };
      request.onerror = () => failed(new Problem(0, "the connection broke"));
      request.onabort = () => failed(new DOMException("given up", "AbortError"));
      request.send(this.#file.slice(offset, end));
    });
  }
}

function pause(milliseconds, signal) {
  return new Promise((done, failed) => {
    const timer = setTimeout(done, milliseconds);
    const hurry = () => {
      clearTimeout(timer);
      done();
    };
    addEventListener("online", hurry, { once: true });
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      failed(new DOMException("given up", "AbortError"));
    }, { once: true });
  });
}
