import { globSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { generated } from "#infra/docs/write";
import { actions } from "#shared/contracts/index";
import { runbookAnchors } from "#test/support/runbook";

test.each(Object.entries(generated()))("docs/%s is fresh (npm run docs)", (name, text) => {
  expect(readFileSync(`docs/${name}`, "utf8")).toBe(text);
});

const anchors = runbookAnchors();

test("every action has one line in the runbook, under its own name, with what it does and what its failure means", () => {
  const lines = readFileSync("docs/runbook.md", "utf8").split("\n");
  for (const { kebabName, contract } of actions) {
    const own = lines.filter((line) => line.includes(`<a id="${kebabName}"></a>`));
    expect([kebabName, own]).toEqual([
      kebabName,
      [`| <a id="${kebabName}"></a>\`${kebabName}\` | ${contract.summary} | ${contract.ifItFails} |`],
    ]);
  }
});

test("every article that an alarm names is in the runbook exactly once", () => {
  const sources = globSync("infra/{incidents,stacks/*,constructs/*}.ts").map((file) => readFileSync(file, "utf8"));
  const named = sources.flatMap((source) => [...source.matchAll(/article: "([^"]+)"/g)].map(([, name = ""]) => name));
  expect(named.length).toBeGreaterThanOrEqual(7);
  const articles = [...new Set([...named, ...actions.map(({ kebabName }) => kebabName)])];
  const places = articles.map((article) => [article, anchors.filter((anchor) => anchor === article).length]);
  expect(places).toEqual(articles.map((article) => [article, 1]));
  expect(new Set(anchors).size).toBe(anchors.length);
});

test("the runbook says what to do for each kind of action once, and each article is read at a glance", () => {
  const text = readFileSync("docs/runbook.md", "utf8");
  const guidance = text.split("\n").filter((line) => /^- (Look|Act|Make sure): /.test(line));
  expect(guidance.length).toBe(3 * new Set(actions.map(({ contract }) => contract.trigger)).size);
  // Whoever is rung reads one. Tables have a line for each action, however many there are.
  const lengths = text
    .split(/^## /m)
    .map((article) => article.split("\n").filter((line) => !line.startsWith("|")).length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
});
