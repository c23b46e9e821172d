// Many values against a JSON Schema, as Helm does it before it renders anything: { NAME: VALUES } on standard input.
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
const spoken = ({ instancePath, message, params }) =>
  `${instancePath.slice(1).replaceAll("/", ".") || "values"} ${message}${params.additionalProperty ? `: ${params.additionalProperty}` : ""}`;
const all = Object.entries(JSON.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(Object.fromEntries(all.map(([name, values]) => [name, validate(values) ? [] : validate.errors.map(spoken)]))));
