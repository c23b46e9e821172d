import { h } from "../core/dom.js";
import { recall, remember } from "../core/storage.js";

const text = (name, more = {}) => h("input.input", { id: `field-${name}`, name, type: "text", autocomplete: "off", spellcheck: "false", maxlength: "200", ...more });

function field(word, input, hint) {
  const said = hint ? h("span.hint", { id: `${input.id}-hint` }, hint) : null;
  if (said) input.setAttribute("aria-describedby", said.id);
  return h(`div.field.for-${input.name}`, {}, h("label", { for: input.id }, word), input, said);
}

/** All that can be said about a job but its uploaded files. */
export function fields(me) {
  const root = me.roots?.[0] ?? "";
  const roots = me.roots?.length ? `Under ${me.roots.join(", ")}` : "An absolute path on the service";
  const path = (name, placeholder) => text(name, { maxlength: "4096", placeholder });
  const plate = path("plate", `${root}/shot_010.tif`);
  const trimap = path("trimap", `${root}/shot_010_trimap.png`);
  const alpha = path("alpha", `${root}/shot_010_alpha.tif`);
  const replace = h("input", { type: "checkbox", name: "replace" });
  const name = text("name");
  const project = text("project", { value: recall("project") ?? "" });
  const user = text("user", { value: recall("user") ?? "" });
  const priority = h("input.input", { id: "field-priority", name: "priority", type: "number", min: "0", max: me.role === "operator" ? "100" : "50", step: "1", value: "50" });
  const comment = h("textarea.input", { id: "field-comment", name: "comment", maxlength: "2000", rows: "2" });
  const depth = h("select.input", { id: "field-depth", name: "depth" }, [["16", "16 bits"], ["8", "8 bits"], ["32", "32 bits, float"]].map(([value, word]) => h("option", { value }, word)));
  const contexts = h("input.input", { id: "field-contexts", name: "contexts", type: "number", min: "0", max: "64", placeholder: "the model's" });
  const margin = h("input.input", { id: "field-margin", name: "margin", type: "number", min: "0", max: "160", placeholder: "the model's" });

  // The alpha's usual place: beside the plate.
  plate.addEventListener("input", () => {
    if (alpha.dataset.own) return;
    const stem = plate.value.replace(/\.[^./]+$/, "");
    alpha.value = plate.value ? `${stem}_alpha.tif` : "";
  });
  alpha.addEventListener("input", () => { alpha.dataset.own = alpha.value ? "yes" : ""; });

  const paths = h("div.panel.group.paths", {},
    field("Plate", plate, `${roots}.`),
    field("Trimap", trimap, "Leave it out to take the plate's own alpha channel."),
    field("Alpha to write", alpha, ".tif or .png"),
    h("label.check", {}, replace, "Replace an alpha that is there already"));
  const element = h("div.panel.group.words", {},
    field("Name", name), field("Project", project),
    me.authentication === "none" ? field("Your name", user) : null,
    field("Priority", priority, me.role === "operator" ? "0 to 100, the highest goes first" : "0 to 50, the highest goes first"),
    field("Comment", comment),
    h("details.more-settings", {}, h("summary", {}, "More settings"),
      h("div.settings", {}, field("Depth of the alpha", depth), field("Context patches", contexts, "0 to 64"), field("Margin", margin, "pixels that neighbouring patches share"))));
  const number = input => Number.isInteger(input.valueAsNumber) ? input.valueAsNumber : undefined;
  const all = { plate, trimap, alpha, name, project, user, priority, comment, depth, contexts, margin };
  element.addEventListener("input", event => event.target.removeAttribute("aria-invalid"));
  paths.addEventListener("input", event => event.target.removeAttribute("aria-invalid"));

  return {
    element,
    paths,
    name,
    files: () => ({
      plate: plate.value.trim(),
      ...(trimap.value.trim() ? { trimap: trimap.value.trim() } : {}),
      ...(alpha.value.trim() ? { alpha: alpha.value.trim() } : {}),
      ...(replace.checked ? { replace: true } : {}),
    }),
    /** What was said, without what was left empty. */
    rest() {
      const said = {
        name: name.value.trim(), project: project.value.trim(), comment: comment.value.trim(),
        user: me.authentication === "none" ? user.value.trim() || me.name : undefined,
        priority: number(priority), depth: Number(depth.value), contexts: number(contexts), margin: number(margin),
      };
      return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ""));
    },
    /** Marks the field that a refusal names at its beginning, and goes to it. */
    point(sentence) {
      const input = all[sentence.split(/[ :]/)[0]];
      if (!input || input.closest("[hidden]")) return;
      input.closest("details")?.setAttribute("open", "");
      input.setAttribute("aria-invalid", "true");
      input.focus();
    },
    /** What is likely the same next time is remembered. */
    submitted() {
      remember("project", project.value.trim() || null);
      remember("user", user.value.trim() || null);
    },
  };
}
