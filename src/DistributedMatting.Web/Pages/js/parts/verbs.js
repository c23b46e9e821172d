import { call } from "../core/api.js";
import { store } from "../core/jobs-store.js";
import { announce, toast } from "../core/say.js";
import { session } from "../core/session.js";
import { ask } from "./ask.js";

const ended = ["succeeded", "failed", "cancelled"];

/** What a person can do to a job, in the order of the buttons. */
export const verbs = [
  { name: "pause", word: "Pause", goes: ["waiting", "running"], past: "paused" },
  { name: "resume", word: "Resume", goes: ["paused"], past: "resumed" },
  { name: "retry", word: "Retry", goes: ["failed", "cancelled"], past: "back in the queue" },
  { name: "cancel", word: "Cancel", goes: ["waiting", "running", "paused"], past: "cancelled",
    ask: names => ({ title: `Cancel ${names}?`, sentence: "The work stops, and patches that are finished are given up.", yes: "Cancel the work", no: "Let it go on" }) },
  { name: "delete", word: "Delete", goes: ended, past: "deleted",
    ask: names => ({ title: `Delete ${names}?`, sentence: "It is taken from the list. An alpha that was written to a path stays there; one that lies with the service goes.", yes: "Delete" }) },
];

export const may = (verb, job) => verb.goes.includes(job.state) && session.mayTouch(job);

/** Asks where something would be lost, then does it to every job that it goes with; says what was refused. */
export async function act(verb, jobs) {
  const those = jobs.filter(job => may(verb, job));
  if (those.length === 0) return;
  const names = those.length === 1 ? those[0].submission.name : `${those.length} jobs`;
  if (verb.ask && !await ask(verb.ask(names))) return;
  const answers = await Promise.allSettled(those.map(job => apply(verb, job)));
  const refused = answers.filter(answer => answer.status === "rejected");
  for (const sentence of new Set(refused.map(answer => answer.reason.message))) toast(sentence, "failed");
  if (refused.length === 0) announce(`${names}: ${verb.past}`);
}

async function apply(verb, job) {
  if (verb.name === "delete") {
    await call("DELETE", `/jobs/${job.id}`);
    store.forget(job.id);
  } else {
    store.put(await call("POST", `/jobs/${job.id}/${verb.name}`));
  }
}
