import { h } from "../core/dom.js";

/** Asks before something is lost. Resolves to true only where the person says so. */
export function ask({ title, sentence, yes, no = "Keep it" }) {
  return new Promise(answer => {
    const dialog = h("dialog", { "aria-labelledby": "ask-title", "aria-describedby": "ask-text", onclose: () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    } },
    h("h2", { id: "ask-title" }, title),
    h("p.quiet", { id: "ask-text" }, sentence),
    h("div.ends", {},
      h("button.button", { type: "button", autofocus: true, onclick: () => dialog.close("no") }, no),
      h("button.button.danger", { type: "button", onclick: () => dialog.close("yes") }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
