// Every object of a few YAML files, and what is wrong with it. README.md says how it is checked.
import { readFileSync, writeFileSync, rmSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import ts from "typescript";

const Packages = [
  [/^keda\.sh\//, "@kubernetes-models/keda/"],
  [/^monitoring\.coreos\.com\//, "@kubernetes-models/prometheus-operator/"],
  [/^([a-z]+\/)?v\d|\.k8s\.io\//, "kubernetes-models/"],
];

const nameOf = (object) => `${object.kind} ${object.metadata?.name}`;
const moduleOf = (object) => {
  const [, prefix] = Packages.find(([pattern]) => pattern.test(object.apiVersion ?? "")) ?? [];
  return prefix && object.kind ? `${prefix}${object.apiVersion}/${object.kind}` : undefined;
};

function read(file) {
  const objects = [];
  const errors = [];
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { merge: true })) {
    errors.push(...document.errors.map((error) => error.message));
    const object = document.toJS();
    if (object !== null && document.errors.length === 0) objects.push(object);
  }
  return { objects, errors };
}

async function byValidator(object) {
  const path = moduleOf(object);
  if (!path) return [`${nameOf(object)}: ${object.apiVersion} is nothing that is known`];
  try {
    const { [object.kind]: Model } = await import(path);
    new Model(object).validate();
    return [];
  } catch (error) {
    return [`${nameOf(object)}: ${error.message}`];
  }
}

// One source for all objects: the compiler reads the interfaces once.
function byCompiler(all) {
  const lines = [];
  const owners = [];
  for (const { file, object } of all) {
    if (!moduleOf(object)) continue;
    const at = lines.length;
    lines.push(`const o${at}: import(${JSON.stringify(moduleOf(object))}).I${object.kind} = ${JSON.stringify(object)};`);
    owners[at] = { file, object };
  }
  const source = new URL(`objects-${process.pid}.ts`, import.meta.url).pathname;
  writeFileSync(source, lines.join("\n") + "\nexport {};\n");
  try {
    const program = ts.createProgram([source], {
      noEmit: true, strict: true, skipLibCheck: true, types: [],
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
    });
    return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
      const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start).line;
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
      return { file: owners[line]?.file, error: owners[line] ? `${nameOf(owners[line].object)}: ${text}` : text };
    });
  } finally {
    rmSync(source);
  }
}

const files = process.argv.slice(2);
const answer = Object.fromEntries(files.map((file) => [file, read(file)]));
const all = files.flatMap((file) => answer[file].objects.map((object) => ({ file, object })));
for (const { file, object } of all) answer[file].errors.push(...(await byValidator(object)));
for (const { file, error } of byCompiler(all)) (answer[file] ?? answer[files[0]]).errors.push(error);
console.log(JSON.stringify(answer));
