import { call } from "../core/api.js";
import { h, text } from "../core/dom.js";
import { moment } from "../core/format.js";
import { icon } from "../core/icons.js";
import { store } from "../core/jobs-store.js";
import { announce, toast } from "../core/say.js";
import { session } from "../core/session.js";

/** A job's comment; who may can edit it, and everyone sees when that was. */
export function comment(id) {
  const words = h("p.words");
  const edited = h("span.quiet");
  const edit = h("button.button", { type: "button", onclick: open }, icon("edit"), h("span"));
  const element = h("div.comment", {}, words, h("div.under", {}, edited, edit));

  async function open() {
    const job = store.get(id);
    const wanted = await write(job.submission.comment);
    if (wanted === null || wanted === store.get(id)?.submission.comment) return;
    try {
      store.put(await call("POST", `/jobs/${id}/comment`, { comment: wanted }));
      announce(wanted ? "The comment is changed" : "The comment is taken away");
    } catch (problem) {
      toast(problem.message, "failed");
    }
  }

  return {
    element,
    update(job) {
      const said = job.submission.comment;
      const mine = session.mayComment(job);
      element.hidden = !said && !mine;
      words.hidden = !said;
      text(words, said);
      edited.hidden = !job.commentedUtc;
      text(edited, job.commentedUtc ? `edited ${moment(job.commentedUtc)}${job.commentedBy ? ` by ${job.commentedBy}` : ""}` : "");
      edit.hidden = !mine;
      text(edit.lastElementChild, said ? "Edit comment" : "Add a comment");
    },
  };
}

/** Asks for the words; null where the person leaves them. */
function write(before) {
  return new Promise(answer => {
    const field = h("textarea.input", { id: "comment-words", maxlength: "2000", rows: "5", autofocus: true, value: before });
    const dialog = h("dialog.write", { "aria-labelledby": "write-title", onclose: () => {
      dialog.remove();
      answer(dialog.returnValue === "save" ? field.value.trim() : null);
    } },
    h("h2", { id: "write-title" }, h("label", { for: "comment-words" }, "Comment")),
    field,
    h("div.ends", {},
      h("button.button", { type: "button", onclick: () => dialog.close("leave") }, "Leave it"),
      h("button.button.primary", { type: "button", onclick: () => dialog.close("save") }, "Save")));
    document.body.append(dialog);
    dialog.showModal();
  });
}
