/** What a stage's API document lists: operations that the stage has. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "esbuild";
import { actions, actionsWith, type Features } from "#shared/contracts/index";

type Parts = Record<string, Record<string, unknown>>;
interface Document {
  readonly paths: Parts;
  /** By section: schemas, responses and the like. */
  readonly components: Record<string, Record<string, unknown>>;
}

const routesOf = (those: typeof actions): readonly string[] =>
  those.flatMap(({ contract }) => (contract.trigger === "http" ? [contract.route] : []));

/** Leaves out of docs/openapi.json, which is of every stage, what stages with these features do not answer. */
export const servedOpenApi = (features: Features): Plugin => ({
  name: "served-openapi",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]docs[\\/]openapi\.json$/ }, ({ path }) => {
      const document = JSON.parse(readFileSync(path, "utf8")) as Document;
      const present = new Set(routesOf(actionsWith(features)));
      for (const route of routesOf(actions).filter((one) => !present.has(one))) {
        const [method = "", template = ""] = route.split(" ");
        const { [method.toLowerCase()]: _absent, ...others } = document.paths[template] ?? {};
        if (Object.keys(others).length > 0) document.paths[template] = others;
        else delete document.paths[template];
      }
      dropUnnamed(document);
      return { contents: packed(document), loader: "js" };
    });
  },
});

/** A module of the document, compressed: a tenth of what is most of its bundle otherwise. */
const packed = (document: Document): string =>
  `import { gunzipSync } from "node:zlib";
  const packed = Buffer.from("${gzipSync(JSON.stringify(document), { level: 9 }).toString("base64")}", "base64");
  export default JSON.parse(gunzipSync(packed).toString("utf8"));`;

/** Leaves out what no operation names any more, and what only that named. Security schemes are named without a pointer. */
function dropUnnamed({ paths, components }: Document): void {
  const named = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, pointer = ""] of JSON.stringify(part).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)) {
      const [section = "", name = ""] = pointer.split("/");
      if (named.has(pointer)) continue;
      named.add(pointer);
      visit(components[section]?.[name] ?? {});
    }
  };
  visit(paths);
  const { securitySchemes: _kept, ...sections } = components;
  for (const [section, parts] of Object.entries(sections))
    for (const name of Object.keys(parts)) if (!named.has(`${section}/${name}`)) delete parts[name];
}
