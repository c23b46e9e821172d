import { access, call } from "./api.js";

const ranks = { viewer: 0, submitter: 1, operator: 2 };

/** Who looks at these pages, and what the service lets them do. */
export const session = {
  me: null,
  changed: new EventTarget(),

  async load() {
    this.me = await call("GET", "/me");
    this.changed.dispatchEvent(new Event("change"));
  },

  async signIn(key) {
    await call("POST", "/session", { key });
    await this.load();
  },

  async signOut() {
    await call("DELETE", "/session");
    this.me = null;
    this.changed.dispatchEvent(new Event("change"));
  },

  /** Whether the role is this one or a higher one. */
  is(role) {
    return this.me !== null && ranks[this.me.role] >= ranks[role];
  },

  mayTouch(job) {
    return this.is("operator") || (this.is("submitter") && job.submission.user === this.me.name);
  },

  /** A comment is its author's; where there is none, whoever may touch the job may write one. */
  mayComment(job) {
    return this.is("operator") || (this.mayTouch(job) && (!job.commentedBy || !job.submission.comment || job.commentedBy === this.me.name));
  },
};

access.addEventListener("key-wanted", () => {
  if (session.me === null) return;
  session.me = null;
  session.changed.dispatchEvent(new Event("change"));
});
