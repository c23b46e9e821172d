// Values from standard input against a JSON Schema, as Helm does it before it renders anything.
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
const values = JSON.parse(readFileSync(0, "utf8"));
const spoken = ({ instancePath, message, params }) =>
  `${instancePath.slice(1).replaceAll("/", ".") || "values"} ${message}${params.additionalProperty ? `: ${params.additionalProperty}` : ""}`;
console.log(JSON.stringify({ errors: validate(values) ? [] : validate.errors.map(spoken) }));
