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
  "openapi.json": `${JSON.stringify(openApiDocument(), null, 2)}\n`,
  "lifecycles.md": lifecycleDiagrams(),
  "permissions.md": permissionTable(),
  "runbook.md": runbook(),
});

if (import.meta.main) {
  for (const [name, text] of Object.entries(generated()))
    writeFileSync(join(import.meta.dirname, "..", "..", "docs", name), text);
}
