import { type AnyDeclaration, spelling } from "#shared/table/item";
import { declarations } from "#shared/table/items/index";
import { type IndexName, schema } from "#shared/table/schema";

const indexes = ["owner", "kind", "due"] as const satisfies readonly IndexName[];

/** What is stored where: the key table, printed from the declarations of all kinds. */
export function dataModel(): string {
  const header = ["kind", schema.partitionKey, schema.sortKey, ...indexes.map((index) => `index \`${index}\``), "kept"];
  const rows = Object.values(declarations).map((declaration) => cellsOf(declaration));
  return [
    "# What is stored where",
    "",
    "Printed from `shared/table/items` by `npm run docs`; a test fails when it is stale. One table; every kind has",
    "partitions of its own, so that rights on the table are rights on kinds ([`infra/grants.ts`](../infra/grants.ts)). A cell",
    "of an index reads: partition / order; `when …` marks a listing that has only some of the kind. Every part in braces is",
    "encoded, numbers are padded to 16 digits. Indexes hold keys alone; a list that everybody's things are in is spread over",
    "partitions by a hash of the thing's key, `{shard of …}`, and read by merging them.",
    "",
    ...[header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}

function cellsOf(declaration: AnyDeclaration): string[] {
  const { partition, sort } = spelling(declaration);
  const listings = Object.entries(declaration.listings ?? {});
  const places = indexes.map((name) =>
    listings
      .filter(([, { index }]) => index === name)
      .map(
        ([listing, place]) => `\`${spelling(place).partition}\` / \`${spelling(place).sort}\`${sparse(listing, place)}`,
      )
      .join("<br>"),
  );
  return [declaration.kind, `\`${partition}\``, `\`${sort}\``, ...places, keptOf(declaration)];
}

const sparse = (listing: string, place: object): string => ("when" in place ? ` when ${listing}` : "");

const keptOf = ({ expires, appendOnly, sealed }: AnyDeclaration): string =>
  [...(appendOnly ? ["never changed"] : []), ...(sealed ? ["sealed"] : []), ...expiryOf(expires)].join(", ");

function expiryOf(expires: AnyDeclaration["expires"]): string[] {
  if (expires === undefined) return [];
  return "at" in expires ? [`until \`${expires.at}\``] : [`${expires.days} days from \`${expires.after}\``];
}
