import { h, text } from "./core/dom.js";
import { sentence } from "./core/format.js";
import { session } from "./core/session.js";

/** Asks for a key. The service answers with a cookie that scripts cannot read; the key itself is kept nowhere. */
export function signInPage(host) {
  const key = h("input.input", { id: "key", name: "key", type: "password", autocomplete: "current-password", required: true, spellcheck: "false", "aria-describedby": "key-wrong" });
  const wrong = h("p.wrong", { id: "key-wrong", role: "alert" });
  const go = h("button.button.primary", { type: "submit" }, "Sign in");
  const form = h("form.panel.sign-in", { onsubmit: async event => {
    event.preventDefault();
    text(wrong, "");
    go.disabled = true;
    try {
      await session.signIn(key.value.trim());
    } catch (problem) {
      text(wrong, sentence(problem.message));
      key.setAttribute("aria-invalid", "true");
      key.select();
    } finally {
      go.disabled = false;
    }
  } },
  h("h1", { tabindex: "-1" }, "Sign in"),
  h("p.quiet", {}, "This service asks for a key. Its operator has one for you."),
  h("div.field", {}, h("label", { for: "key" }, "Key"), key, wrong),
  go);
  host.append(form);
  key.focus();
  return { title: "Sign in" };
}
