import { call } from "../core/api.js";
import { h, text } from "../core/dom.js";
import { bytes, count, duration, fileName, moment, sentence, time } from "../core/format.js";
import { stageWord } from "../core/progress.js";
import { bar } from "../parts/bar.js";

function section(title, ...children) {
  const name = `facts-${title.toLowerCase().replaceAll(" ", "-")}`;
  return h("section.facts", { "aria-labelledby": name }, h("div.facts-head", {}, h("h2", { id: name }, title)), children);
}

/** Pairs of name and value; what has no value is left out. */
function pairs(list) {
  return h("dl.pairs", {}, list.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([name, value, more]) =>
    h("div", {}, h("dt", {}, name), h("dd", more ? { title: more } : {}, value))));
}

/** The stages that have begun, each with a bar and its time. */
export function stages() {
  const list = h("ul.stages");
  const rows = new Map();
  const element = section("Stages", list);
  return {
    element,
    update(job) {
      element.hidden = job.stages.length === 0;
      for (const name of rows.keys()) if (!job.stages.some(stage => stage.stage === name)) rows.delete(name);
      for (const stage of job.stages) {
        if (!rows.has(stage.stage)) {
          const strip = bar(stageWord(stage.stage));
          const words = h("span.quiet");
          rows.set(stage.stage, { strip, words, item: h("li", {}, h("span", {}, stageWord(stage.stage)), words, strip.element) });
        }
        const { strip, words } = rows.get(stage.stage);
        const over = stage.done >= stage.total;
        strip.update(stage.total > 0 ? stage.done / stage.total : 1, over ? "succeeded" : job.state);
        text(words, over ? duration(stage.seconds) : `${count(stage.done)} of ${count(stage.total)} ${stage.unit}`);
      }
      list.replaceChildren(...job.stages.map(stage => rows.get(stage.stage).item));
    },
  };
}

const threadTimes = [["Network, encoder", "networkEncode"], ["Network, decoder", "networkMatte"], ["Decoding files", "fileDecode"], ["Writing alpha", "fileEncode"], ["Inputs", "inputs"], ["Stores", "stores"], ["Blending", "blend"]];

/** Where the time went; shown when the job has succeeded. */
export function timings() {
  const body = h("div");
  const element = section("Timings", body);
  return {
    element,
    update(job) {
      element.hidden = !job.report;
      if (!job.report) return;
      const { seconds, megapixelsPerSecond, peakMemoryMib } = job.report;
      const most = Math.max(...threadTimes.map(([, name]) => seconds[name]), 0.001);
      body.replaceChildren(
        pairs([["Total", duration(seconds.total)], ["Speed", `${megapixelsPerSecond.toFixed(2)} Mpx/s`], ["Peak memory", bytes(peakMemoryMib * 1024 * 1024)], ["Stitching after", duration(seconds.stitchTail)]]),
        h("h3", {}, "Summed over threads"),
        h("ul.times", {}, threadTimes.map(([word, name]) => {
          const strip = h("i");
          strip.style.transform = `scaleX(${(seconds[name] / most).toFixed(3)})`;
          return h("li", {}, h("span", {}, word), h("span.strip", {}, strip), h("span.number", {}, duration(seconds[name])));
        })));
    },
  };
}

/** What was asked for. */
export function details() {
  const body = h("div");
  return {
    element: section("Details", body),
    update(job) {
      const asked = job.submission;
      body.replaceChildren(pairs([
        ["Plate", ...place(asked.plate)],
        ["Trimap", ...(asked.trimap ? place(asked.trimap) : ["the plate's own alpha channel"])],
        ["Alpha", ...(asked.alpha ? place(asked.alpha) : [""])],
        ["Depth", asked.depth === 32 ? "32 bits, float" : `${asked.depth} bits`],
        ["Contexts", asked.contexts],
        ["Margin", asked.margin === null || asked.margin === undefined ? null : `${asked.margin} pixels`],
        ["Submitted", moment(job.submittedUtc)],
        ["Started", job.startedUtc && moment(job.startedUtc)],
        ["Ended", job.finishedUtc && moment(job.finishedUtc)],
        ["Attempts", job.attempts > 1 ? job.attempts : null],
        ["Id", h("code", {}, job.id)],
      ]));
    },
  };
}

const place = path => path.includes("/") ? [fileName(path), path] : [fileName(path)];

/** Where the alpha came from, and what was found on the way; shown when the job has succeeded. */
export function provenance() {
  const body = h("div");
  const element = section("Provenance", body);
  let shown = null;
  return {
    element,
    async update(job) {
      element.hidden = !job.report;
      if (!job.report || shown === job.finishedUtc) return;
      shown = job.finishedUtc;
      const report = job.report;
      const found = [
        ["Size", `${report.width} × ${report.height}`],
        ["Patches", `${count(report.patchesInferred + report.patchesReused)} of ${count(report.patchesTotal)} inferred`],
        ["Unknown", `${(report.pixelsUnknown / 1e6).toFixed(2)} Mpx`],
        ["Seam figure", report.seamRatio?.toFixed(3), "mean alpha step across patch borders over the mean step beside them; 1 is no seam"],
      ];
      const hash = (name, value) => [name, value && h("code", {}, `${value.slice(0, 12)}…`), value];
      body.replaceChildren(pairs(found));
      try {
        const record = await call("GET", `/jobs/${job.id}/provenance`);
        body.replaceChildren(pairs([
          ["Model", record.model], ["Device", record.device], ["Version", record.version], ...found,
          ["Settings", `${record.settings.contexts} contexts, margin ${record.settings.margin}`],
          hash("Plate", record.plateFileSha256 ?? report.plateSha256), hash("Trimap", record.trimapFileSha256 ?? report.trimapSha256), hash("Model files", record.modelSha256),
        ]),
        h("a.button", { href: `/api/v1/jobs/${job.id}/provenance`, download: `${job.submission.name}.json` }, "Provenance as JSON"));
      } catch (problem) {
        body.append(h("p.quiet", {}, sentence(problem.message)));
        shown = null;
      }
    },
  };
}

/** The job's log, asked for while it is open. */
export function log(id) {
  const lines = h("ol.log", { tabindex: "0", "aria-label": "Log" });
  const box = h("details", { ontoggle: () => ask() }, h("summary", {}, h("h2", {}, "Log")), lines);
  let asked = 0;
  async function ask() {
    if (!box.open || Date.now() - asked < 2000) return;
    asked = Date.now();
    try {
      const answer = await call("GET", `/jobs/${id}/log`);
      const isAtEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 8;
      lines.replaceChildren(...answer.lines.map(line => h("li", {}, h("time", {}, time(line.time)), h("span", {}, line.text))));
      if (answer.lines.length === 0) lines.append(h("li", {}, h("span.quiet", {}, "Nothing has been written yet.")));
      if (isAtEnd) lines.scrollTop = lines.scrollHeight;
    } catch (problem) {
      lines.replaceChildren(h("li", {}, h("span.quiet", {}, sentence(problem.message))));
    }
  }
  return { element: h("section.facts", { "aria-label": "Log" }, box), update: ask };
}
