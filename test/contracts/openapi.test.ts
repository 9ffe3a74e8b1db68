/** docs/openapi.json against the contracts: what operations share is a component, and is followed to where it stands. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import type { HttpContract } from "#shared/contracts/contract";
import { refusalsOf } from "#shared/contracts/implied";
import { actions } from "#shared/contracts/index";
import { statusOf } from "#shared/contracts/statuses";

const text = readFileSync("docs/openapi.json", "utf8");
const described: unknown = JSON.parse(text);

const at = (pointer: string): unknown =>
  pointer
    .split("/")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], described);
/** What stands at a place, whether it is said there or shared. */
const followed = <S extends z.ZodType>(shape: S) =>
  z.preprocess((one) => {
    const reference = z.object({ $ref: z.string().startsWith("#/") }).safeParse(one).data?.$ref;
    return reference === undefined ? one : at(reference.slice(2));
  }, shape);

const Headers = z.record(z.string(), followed(z.looseObject({ description: z.string(), schema: z.unknown() })));
const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(
      followed(
        z.looseObject({
          in: z.string(),
          name: z.string(),
          required: z.boolean().optional(),
          schema: z.looseObject({}),
        }),
      ),
    )
    .default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(
    z.string(),
    followed(
      z.looseObject({
        description: z.string().min(1),
        headers: Headers,
        content: z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional(),
      }),
    ),
  ),
});
const Document = z.looseObject({
  openapi: z.literal("3.1.0"),
  security: z.tuple([z.strictObject({ accessToken: z.tuple([]) })]),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
});
const document = Document.parse(described);

const inContracts = actions.flatMap(({ name, contract }) => {
  if (contract.trigger !== "http" || contract.catchAll) return [];
  const [method = "", path = ""] = contract.route.split(" ");
  return [{ name, method, path, contract, operation: document.paths[path]?.[method.toLowerCase()] }];
});
const operations = inContracts.flatMap(({ operation, ...action }) => (operation ? [{ ...action, operation }] : []));
type Described = (typeof operations)[number];

const codesIn = (description: string): string[] =>
  [...description.matchAll(/^`([^`]+)`: ./gm)].map(([, code = ""]) => code);
const saidBy = ({ operation }: Described): string[] =>
  Object.entries(operation.responses).flatMap(([status, { description }]) =>
    codesIn(description).map((code) => `${status} ${code}`),
  );
const isRead = ({ method, contract }: { method: string; contract: HttpContract }): boolean =>
  method === "GET" && !contract.list;
const isKeyed = ({ method, contract }: { method: string; contract: HttpContract }): boolean =>
  method === "POST" && contract.roles !== "public";

test("every HTTP action is an operation under its own name, and none besides", () => {
  const names = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((one) => one.operationId),
  );
  expect(names.sort()).toEqual(inContracts.map(({ name }) => name).sort());
  expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(names);
});

test("every reference leads somewhere, and every component is referred to", () => {
  const references = new Set([...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, pointer = ""]) => pointer));
  expect(references.size).toBeGreaterThan(80);
  expect([...references].filter((pointer) => at(pointer) === undefined)).toEqual([]);
  const { securitySchemes, ...shared } = document.components;
  const components = Object.entries(shared).flatMap(([kind, ofKind]) =>
    Object.keys(ofKind).map((name) => `components/${kind}/${name}`),
  );
  expect(components.filter((pointer) => !references.has(pointer))).toEqual([]);
  expect(components.filter((pointer) => !/^components\/\w+\/[\w.-]+$/.test(pointer))).toEqual([]);
  expect(Object.keys(securitySchemes ?? {})).toEqual(["apiKey", "accessToken"]);
});

describe.each(operations)("$name", (action) => {
  const { path, contract, operation } = action;
  const responses = Object.entries(operation.responses);

  test("says who may call it", () => {
    expect(operation["x-roles"]).toEqual(contract.roles);
    // The document asks for a token; what is public asks for nothing, and some take an API key in its place.
    const otherwise = contract.apiKey === undefined ? undefined : [{ accessToken: [] }, { apiKey: [] }];
    expect(operation.security).toEqual(contract.roles === "public" ? [] : otherwise);
  });

  test("says what it takes", () => {
    const parameters = operation.parameters.map((one) => `${one.in} ${one.name}${one.required ? " *" : ""}`);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => `path ${parameter} *`);
    expect(parameters.filter((one) => one.startsWith("path "))).toEqual(inPath);
    // Matches are a list of the best, so many as are asked for, and no page.
    const takesLimit = contract.query instanceof z.ZodObject && "limit" in contract.query.shape;
    expect(["query limit", "query cursor"].map((one) => parameters.includes(one))).toEqual([
      contract.list || takesLimit,
      contract.list,
    ]);
    expect(parameters.find((one) => one.includes("Idempotency-Key"))).toBe(
      isKeyed(action) ? `header Idempotency-Key${contract.idempotency === "required" ? " *" : ""}` : undefined,
    );
    expect(parameters.includes("header If-Match")).toBe(contract.ifMatch !== undefined);
    expect(parameters.includes("header If-None-Match")).toBe(isRead(action));
    expect(operation.requestBody !== undefined).toBe(contract.body !== undefined || contract.rawBody === true);
  });

  test("shares a parameter of the path with other actions only where it is the same one", () => {
    if (!(contract.path instanceof z.ZodObject)) return;
    const { properties = {} } = z.toJSONSchema(contract.path, { io: "input" });
    const inPath = operation.parameters.filter((one) => one.in === "path");
    expect(Object.fromEntries(inPath.map(({ name, schema }) => [name, schema]))).toEqual(properties);
  });

  test("says its success, with the headers that a client needs", () => {
    const success = operation.responses[contract.status ?? 200];
    expect(success?.content !== undefined).toBe(contract.status !== 204);
    const versioned = !contract.list && contract.reply instanceof z.ZodObject && "version" in contract.reply.shape;
    expect(Object.keys(success?.headers ?? {})).toEqual([
      "X-Request-Id",
      ...(versioned || isRead(action) ? ["ETag"] : []),
      ...(isKeyed(action) ? ["Idempotency-Replayed"] : []),
    ]);
    expect(Object.keys(operation.responses["304"]?.headers ?? {})).toEqual(
      isRead(action) ? ["X-Request-Id", "ETag"] : [],
    );
    expect(responses.filter(([, { headers }]) => headers["X-Request-Id"] === undefined)).toEqual([]);
  });

  test("says each of its codes under its own status, with its sentence, and no other action's", () => {
    for (const { kind, code, title } of refusalsOf(contract))
      expect(operation.responses[statusOf[kind]]?.description.split("\n\n")).toContain(`\`${code}\`: ${title}`);
    const own = refusalsOf(contract).map(({ kind, code }) => `${statusOf[kind]} ${code}`);
    expect(saidBy(action).sort()).toEqual(own.sort());
  });

  test("says what may come back before and instead of its success", () => {
    const gated = contract.roles === "public" ? [] : ["401", "403"];
    const bodied = contract.body ? ["413", "415"] : [];
    expect(responses.map(([status]) => status)).toEqual(
      expect.arrayContaining(["400", "414", "429", "431", "500", "503", ...gated, ...bodied]),
    );
    const said = saidBy(action);
    expect(said).toContain("400 request.invalid");
    expect(said.includes("403 access.role_not_allowed")).toBe(contract.roles !== "public");
    expect(said.includes("400 request.malformed_body")).toBe(contract.body !== undefined);
    expect(said.includes("400 cursor.invalid")).toBe(contract.list);
    expect(said.includes("409 idempotency.in_progress")).toBe(isKeyed(action));
    expect(said.includes("400 idempotency.key_missing")).toBe(contract.idempotency === "required");
    // These may be the gateway's alone.
    const gateways = ["414", "429", "431", "503"];
    const problems = responses.filter(([status]) => status >= "400" && !gateways.includes(status));
    for (const [, { content }] of problems) expect(Object.keys(content ?? {})).toContain("application/problem+json");
  });
});
