import { h, text } from "../core/dom.js";
import { bytes, percent, sentence } from "../core/format.js";
import { icon } from "../core/icons.js";
import { bar } from "../parts/bar.js";
import { Upload } from "./upload.js";

const Preview = 60_000_000; // browsers decode whole pictures: no larger files are tried

/**
 * A place for one file: drop it, or choose it. It goes up at once. onChange() is told when it begins, is complete, or goes.
 */
export function dropZone(name, title, hint, onChange) {
  const input = h("input.hidden-visually", { type: "file", id: `file-${name}`, accept: ".tif,.tiff,.png,.jpg,.jpeg,.webp,image/*", onchange: () => take(input.files[0]) });
  const strip = bar(`Upload of the ${name}`);
  const picture = h("img", { alt: "", hidden: true });
  const fileName = h("b.ellipsis");
  const said = h("p.quiet", { role: "status" });
  const remove = h("button.button.plain.square", { type: "button", "aria-label": `Take the ${name} away`, title: "Take away", onclick: () => clear(true) }, icon("cancel"));
  const again = h("button.button", { type: "button", hidden: true, onclick: () => take(file) }, icon("retry"), "Try again");
  const chosen = h("div.chosen", { hidden: true }, picture, h("div.about", {}, fileName, said, strip.element), again, remove);
  const label = h("label", { for: input.id }, icon("upload"), h("b", {}, title), " ", h("span.quiet", {}, hint));
  const element = h("div.drop", { dataset: { name } }, input, label, chosen);
  let file = null;
  let upload = null;
  let id = null;
  let size = null;

  for (const kind of ["dragenter", "dragover"]) element.addEventListener(kind, event => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", event => {
    if (!element.contains(event.relatedTarget)) element.classList.remove("over");
  });
  element.addEventListener("drop", event => {
    event.preventDefault();
    element.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });

  async function take(next) {
    if (!next) return;
    if (next !== file) clear(true);
    file = next;
    label.hidden = true;
    chosen.hidden = false;
    again.hidden = true;
    text(fileName, file.name);
    preview();
    const mine = upload = new Upload(file, ({ sent, bytes: all, waiting }) => {
      strip.update(all > 0 ? sent / all : 1, waiting ? "paused" : "running");
      text(said, waiting ? `The connection is lost; it goes on at ${percent(sent / all)} by itself.` : `${bytes(sent)} of ${bytes(all)}`);
    });
    onChange();
    try {
      const done = await mine.send();
      if (upload !== mine) return;
      id = done;
      strip.update(1, "succeeded");
      sizeWords();
    } catch (problem) {
      if (upload !== mine) return;
      strip.update(1, "failed");
      text(said, sentence(`Not uploaded: ${problem.message}`));
      again.hidden = false;
    }
    onChange();
  }

  function sizeWords() {
    text(said, [bytes(file.size), size && `${size.width} × ${size.height}`, id && "uploaded"].filter(Boolean).join("  ·  "));
  }

  function preview() {
    size = null;
    picture.hidden = true;
    if (file.size > Preview || !/\.(png|jpe?g|webp)$/i.test(file.name)) return;
    const address = URL.createObjectURL(file);
    picture.onload = () => {
      URL.revokeObjectURL(address);
      size = { width: picture.naturalWidth, height: picture.naturalHeight };
      picture.hidden = false;
      if (id) sizeWords();
      onChange();
    };
    picture.onerror = () => URL.revokeObjectURL(address);
    picture.src = address;
  }

  function clear(cancel) {
    if (cancel) upload?.cancel();
    upload = null;
    id = null;
    size = null;
    file = null;
    input.value = "";
    label.hidden = false;
    chosen.hidden = true;
    onChange();
  }

  return {
    element,
    get id() { return id; },
    get file() { return file; },
    get size() { return size; },
    get busy() { return upload !== null && id === null && again.hidden; },
    /** The job has it now. */
    done() {
      upload?.forget();
      clear(false);
    },
    leave() {
      if (id === null) upload?.cancel();
    },
  };
}
