/**
 * Pages by their address after the #. A page is a function (host, parameters) that fills the host and returns
 * { title, leave() }; parameters are the address's parts and its query.
 */
export class Router {
  #routes; #host; #page = null; #shown = null;

  /** routes() gives the pairs of pattern and page that hold at that moment. */
  constructor(host, routes) {
    this.#host = host;
    this.#routes = routes;
    addEventListener("hashchange", () => this.show());
  }

  /** Shows the page of the present address; true builds it anew even where it is shown. */
  show(anew = false) {
    const [path, query = ""] = location.hash.replace(/^#/, "").split("?");
    if (!anew && path === this.#shown) return;
    const route = this.#routes().find(([pattern]) => pattern.test(path));
    if (!route) {
      location.replace("#/jobs");
      return;
    }
    const first = this.#page === null;
    this.leave();
    this.#shown = path;
    this.#page = route[1](this.#host, { parts: path.match(route[0]).slice(1), query: new URLSearchParams(query) });
    document.title = `${this.#page.title} – Distributed Matting`;
    scrollTo(0, 0);
    // A screen reader hears where it is now; on the first page it reads from the top.
    if (!first) this.#host.querySelector("h1")?.focus();
    dispatchEvent(new CustomEvent("page", { detail: path }));
  }

  leave() {
    this.#page?.leave?.();
    this.#page = null;
    this.#shown = null;
    this.#host.replaceChildren();
  }
}

/** Writes a page's filters into its address, so that it can be sent to someone, without another step in the history. */
export function setQuery(query) {
  const path = location.hash.split("?")[0];
  const rest = query.toString();
  history.replaceState(null, "", rest ? `${path}?${rest}` : path);
}
