/** `npm run docs`: writes what is generated into docs/. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataModel } from "./data-model.ts";
import { lifecycleDiagrams } from "./lifecycles.ts";
import { openApiDocument } from "./openapi.ts";
import { permissionTable } from "./permissions.ts";
import { runbook } from "./runbook.ts";

/** Generated files, by name below docs/. */
export const generated = (): Readonly<Record<string, string>> => ({
  "data-model.md": dataModel(),
  "lifecycles.md": lifecycleDiagrams(),
  "openapi.json": `${printed(openApiDocument())}\n`,
  "permissions.md": permissionTable(),
  "runbook.md": runbook(),
});

/** JSON to be read: a list of plain values and a reference take one line each. */
const printed = (value: object): string =>
  JSON.stringify(value, null, 2)
    .replaceAll(/\[\n([^[\]{}]+)\n +\]/g, (_, items: string) => `[${items.trim().replaceAll(/\n +/g, " ")}]`)
    .replaceAll(/\{\n +("\$ref": "[^"]+")\n +\}/g, "{ $1 }");

if (import.meta.main) {
  for (const [name, text] of Object.entries(generated()))
    writeFileSync(join(import.meta.dirname, "..", "..", "docs", name), text);
}
