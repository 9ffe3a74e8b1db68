import { readFileSync } from "node:fs";

/** Every place of the runbook that an address can name: its headings, as GitHub names them, and the anchors of its lines. */
export function runbookAnchors(): readonly string[] {
  const text = readFileSync("docs/runbook.md", "utf8");
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slugOf(heading));
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, anchor = ""]) => anchor)];
}

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
