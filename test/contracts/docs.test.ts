import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { generated } from "#infra/docs/write";
import { actions } from "#shared/contracts/index";
import * as z from "zod";

test.each(Object.entries(generated()))("docs/%s is fresh (npm run docs)", (name, text) => {
  expect(readFileSync(`docs/${name}`, "utf8")).toBe(text);
});

test("every HTTP action is an operation with its roles, its success and its refusals", () => {
  const Operation = z.looseObject({
    operationId: z.string(),
    responses: z.record(z.string(), z.looseObject({ description: z.string() })),
  });
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })
    .parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
  const operations = new Map(
    Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => [one.operationId, one])),
  );
  for (const { name, contract } of actions) {
    if (contract.trigger !== "http" || contract.catchAll) continue;
    const operation = operations.get(name);
    expect(operation?.["x-roles"]).toEqual(contract.roles);
    expect(Object.keys(operation?.responses ?? {})).toContain(String(contract.status ?? 200));
    const said = JSON.stringify(operation?.responses);
    for (const { code } of contract.refuses) expect(said).toContain(code);
  }
});

test("every action has its article in the runbook, under its own name", () => {
  const headings = new Set(
    [...readFileSync("docs/runbook.md", "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading),
  );
  expect(actions.filter(({ kebabName }) => !headings.has(kebabName)).map(({ kebabName }) => kebabName)).toEqual([]);
});
