/** docs/openapi.json, readable without a network: operations by tag, then the shapes they name. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Page } from "./edge.ts";
import { escapeHtml } from "#shared/domain/notifications/mail/escape";
import { pageOf } from "./html.ts";

const Schema = z.record(z.string(), z.unknown());
type Schema = z.infer<typeof Schema>;
const Content = z.record(z.string(), z.looseObject({ schema: Schema.optional() })).default({});
const Parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  description: z.string().default(""),
  schema: Schema.default({}),
});
const Operation = z.looseObject({
  summary: z.string().default(""),
  description: z.string().default(""),
  tags: z.array(z.string()).default([]),
  "x-roles": z.union([z.array(z.string()), z.string()]).optional(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string().default(""), content: Content })).default({}),
});
type Operation = z.infer<typeof Operation>;
const Components = z.looseObject({ schemas: z.record(z.string(), Schema).default({}) });
type Components = z.infer<typeof Components>;
const Document = z.looseObject({
  info: z
    .looseObject({ title: z.string(), description: z.string().default("") })
    .default({ title: "API", description: "" }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  components: Components.default({ schemas: {} }),
});

const METHODS = new Set(["get", "post", "put", "patch", "delete", "head", "options"]);

/** The page of a description in a file, which is read anew each time. */
export const docsPage =
  (file: string): Page =>
  () =>
    Promise.resolve({
      type: "text/html; charset=utf-8",
      body: docsMarkup(JSON.parse(readFileSync(file, "utf8"))),
    });

export function docsMarkup(description: unknown): string {
  const { info, paths, components } = Document.parse(description);
  const operations = Object.entries(paths).flatMap(([path, ofPath]) =>
    Object.entries(ofPath)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ method, path, operation: operationOf(operation, components) })),
  );
  const tags = Object.entries(Object.groupBy(operations, ({ operation }) => operation.tags[0] ?? "other"));
  const contents = tags.map(([tag]) => `<a href="#tag-${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join(" · ");
  const sections = tags.map(
    ([tag, ofTag]) =>
      `<h2 id="tag-${escapeHtml(tag)}">${escapeHtml(tag)}</h2>` +
      (ofTag ?? []).map(({ method, path, operation }) => article(method, path, operation)).join(""),
  );
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<article id="shape-${escapeHtml(name)}"><strong>${escapeHtml(name)}</strong><pre>${shapeOf(schema)}</pre></article>`,
  );
  return pageOf(
    info.title,
    `<p>${escapeHtml(info.description)}</p><p><a href="/v1/openapi.json">openapi.json</a> · ${contents} · <a href="#shapes">shapes</a></p>` +
      `${sections.join("")}<h2 id="shapes">shapes</h2>${shapes.join("")}`,
  );
}

const Sharing = z.looseObject({
  parameters: z.array(z.unknown()).default([]),
  responses: z.record(z.string(), z.unknown()).default({}),
});

/** An operation with the components it shares with others in their places. */
function operationOf(described: unknown, components: Components): Operation {
  const { parameters, responses, ...own } = Sharing.parse(described);
  const shared = Object.entries(responses).map(([status, one]): [string, unknown] => [status, follow(one, components)]);
  return Operation.parse({
    ...own,
    parameters: parameters.map((one) => follow(one, components)),
    responses: Object.fromEntries(shared),
  });
}

const Reference = z.looseObject({ $ref: z.string() });

/** What is described: itself, or the component it refers to. @throws Error when there is no such component. */
function follow(described: unknown, components: Components): unknown {
  const { data: reference } = Reference.safeParse(described);
  if (reference === undefined) return described;
  const [kind = "", name = ""] = reference.$ref.replace("#/components/", "").split("/");
  const ofKind = z.record(z.string(), z.unknown()).safeParse(components[kind]).data;
  if (ofKind?.[name] === undefined) throw new Error(`the description has nothing at ${reference.$ref}`);
  return ofKind[name];
}

function article(method: string, path: string, operation: Operation): string {
  const roles = [operation["x-roles"] ?? "public"].flat().join(", ");
  const parameters = operation.parameters.flatMap((sent) => Parameter.safeParse(sent).data ?? []).map(parameterRow);
  const replies = Object.entries(operation.responses).map(
    ([status, { description, content }]) =>
      `<li><code>${escapeHtml(status)}</code> ${escapeHtml(description)}${ofContent(content)}</li>`,
  );
  const body = operation.requestBody ? ofContent(operation.requestBody.content) : "";
  return (
    `<article><span class="method">${escapeHtml(method.toUpperCase())}</span> <code>${escapeHtml(path)}</code> ` +
    `<span class="quiet">${escapeHtml(roles)}</span><p>${escapeHtml(operation.summary)}</p>` +
    (operation.description === "" ? "" : `<p class="quiet">${escapeHtml(operation.description)}</p>`) +
    folded("parameters", parameters.length === 0 ? "" : `<ul>${parameters.join("")}</ul>`) +
    folded("body", body) +
    folded("replies", replies.length === 0 ? "" : `<ul>${replies.join("")}</ul>`) +
    `</article>`
  );
}

const folded = (title: string, markup: string): string =>
  markup === "" ? "" : `<details><summary>${title}</summary>${markup}</details>`;

const parameterRow = ({ name, in: place, required, description, schema }: z.infer<typeof Parameter>): string =>
  `<li><code>${escapeHtml(name)}</code> <span class="quiet">${escapeHtml(place)}${required ? "" : ", optional"}</span> ` +
  `<code>${shapeOf(schema)}</code> ${escapeHtml(description)}</li>`;

const ofContent = (content: z.infer<typeof Content>): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `<div class="quiet">${escapeHtml(type)}</div><pre>${shapeOf(schema ?? {})}</pre>`)
    .join("");

/** A JSON Schema in the words of TypeScript, as markup; a named shape is a link to where it is explained. */
export function shapeOf(schema: Schema, indent = ""): string {
  const { $ref, properties, items, type } = schema;
  const choices = [schema["anyOf"], schema["oneOf"], schema["enum"], schema["allOf"]].find(Array.isArray);
  if (typeof $ref === "string") return linkTo($ref.replace(/.*\//, ""));
  if ("const" in schema) return escapeHtml(JSON.stringify(schema["const"]));
  if (choices) return choices.map((one) => choiceOf(one, indent)).join(schema["allOf"] ? " &amp; " : " | ");
  if (properties) return objectOf(Schema.parse(properties), namesOf(schema["required"]), indent);
  if (items) return `${shapeOf(Schema.parse(items), indent)}[]`;
  return escapeHtml(plainType(type) + limitsOf(schema));
}

const linkTo = (name: string): string => `<a href="#shape-${escapeHtml(name)}">${escapeHtml(name)}</a>`;

const choiceOf = (one: unknown, indent: string): string =>
  typeof one === "object" && one !== null ? shapeOf(Schema.parse(one), indent) : escapeHtml(JSON.stringify(one));

const namesOf = (required: unknown): string[] => z.array(z.string()).safeParse(required).data ?? [];

function objectOf(properties: Schema, required: readonly string[], indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${inner}${escapeHtml(name)}${required.includes(name) ? "" : "?"}: ${shapeOf(Schema.parse(schema), inner)}`,
  );
  return `{\n${lines.join("\n")}\n${indent}}`;
}

const plainType = (type: unknown): string => [type ?? "anything"].flat().map(String).join(" | ");

/** What a plain value is limited to. */
function limitsOf(schema: Schema): string {
  const limits = ["format", "minimum", "maximum", "minLength", "maxLength", "pattern"]
    .filter((name) => name in schema && Math.abs(Number(schema[name])) !== Number.MAX_SAFE_INTEGER)
    .map((name) => (name === "format" ? String(schema[name]) : `${name} ${String(schema[name])}`));
  return limits.length === 0 ? "" : ` (${limits.join(", ")})`;
}
