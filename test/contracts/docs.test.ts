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

const documentOf = () =>
  z
    .looseObject({
      openapi: z.literal("3.1.0"),
      paths: z.record(
        z.string(),
        z.record(
          z.string(),
          z.looseObject({
            operationId: z.string(),
            parameters: z.array(z.object({ in: z.string(), name: z.string(), required: z.boolean().optional() })),
            requestBody: z.unknown().optional(),
            responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
          }),
        ),
      ),
    })
    .parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));

test("every reference of the description leads somewhere, and operations have names of their own", () => {
  const document = documentOf();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  expect(references.length).toBeGreaterThan(100);
  const at = (path: string) =>
    path.split("/").reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
  expect([...new Set(references)].filter((path) => at(path) === undefined)).toEqual([]);
  const names = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((one) => one.operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

test("every operation says what it takes and what may come back before and instead of its success", () => {
  const { paths } = documentOf();
  for (const { name, contract } of actions) {
    if (contract.trigger !== "http" || contract.catchAll) continue;
    const [method = "", path = ""] = contract.route.split(" ");
    const operation = paths[path]?.[method.toLowerCase()];
    const parameters = (operation?.parameters ?? []).map((one) => `${one.in} ${one.name}${one.required ? " *" : ""}`);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => `path ${parameter} *`);
    const keyed = method === "POST" && contract.roles !== "public";
    expect(parameters).toEqual(expect.arrayContaining(inPath));
    expect([name, ...["query limit", "query cursor"].map((one) => parameters.includes(one))]).toEqual([
      name,
      contract.list,
      contract.list,
    ]);
    expect([name, parameters.find((one) => one.includes("Idempotency-Key"))]).toEqual([
      name,
      keyed ? `header Idempotency-Key${contract.idempotency === "required" ? " *" : ""}` : undefined,
    ]);
    expect([name, operation?.requestBody !== undefined]).toEqual([
      name,
      contract.body !== undefined || contract.rawBody === true,
    ]);
    const answers = Object.keys(operation?.responses ?? {});
    const gated = contract.roles === "public" ? [] : ["401", "403"];
    const bodied = contract.body ? ["413", "415"] : [];
    expect([name, answers]).toEqual([name, expect.arrayContaining(["400", "429", "500", ...gated, ...bodied])]);
    // These two may be the gateway's alone.
    const problems = Object.entries(operation?.responses ?? {}).filter(
      ([status]) => status >= "400" && !["429", "503"].includes(status),
    );
    for (const [, { content }] of problems) expect(Object.keys(content ?? {})).toContain("application/problem+json");
  }
});
