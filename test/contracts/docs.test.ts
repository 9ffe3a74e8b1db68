import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { generated } from "#infra/docs/write";
import { actions } from "#shared/contracts/index";

test.each(Object.entries(generated()))("docs/%s is fresh (npm run docs)", (name, text) => {
  expect(readFileSync(`docs/${name}`, "utf8")).toBe(text);
});

test("every action has its article in the runbook, under its own name", () => {
  const headings = new Set(
    [...readFileSync("docs/runbook.md", "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading),
  );
  expect(actions.filter(({ kebabName }) => !headings.has(kebabName)).map(({ kebabName }) => kebabName)).toEqual([]);
});
