/** docs/openapi.json, readable without a network. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Page } from "./edge.ts";
import { escapeHtml, pageOf } from "./html.ts";

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).default([]),
  "x-roles": z.union([z.array(z.string()), z.string()]).optional(),
  requestBody: z.unknown(),
  responses: z.record(z.string(), z.looseObject({ description: z.string().optional() })),
});
const Document = z.object({
  info: z.object({ title: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

export const docsPage =
  (file: string): Page =>
  () => {
    const { info, paths } = Document.parse(JSON.parse(readFileSync(file, "utf8")));
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation: Operation.parse(operation) })),
    );
    const tags = Object.groupBy(operations, ({ operation }) => operation.tags[0] ?? "other");
    const markup = Object.entries(tags).map(
      ([tag, ofTag]) =>
        `<h2>${escapeHtml(tag)}</h2>${(ofTag ?? []).map(({ method, path, operation }) => article(method, path, operation)).join("")}`,
    );
    const links = `<p><a href="/v1/openapi.json">openapi.json</a></p>`;
    return Promise.resolve({ type: "text/html; charset=utf-8", body: pageOf(info.title, links + markup.join("")) });
  };

function article(method: string, path: string, operation: z.infer<typeof Operation>): string {
  const roles = operation["x-roles"] ?? "public";
  const replies = Object.entries(operation.responses).map(
    ([status, { description }]) => `<li><code>${escapeHtml(status)}</code> ${escapeHtml(description ?? "")}</li>`,
  );
  const body =
    operation.requestBody === undefined
      ? ""
      : `<details><summary>body</summary><pre>${escapeHtml(JSON.stringify(operation.requestBody, null, 2))}</pre></details>`;
  return (
    `<article><span class="method">${escapeHtml(method.toUpperCase())}</span> <code>${escapeHtml(path)}</code> ` +
    `<span class="quiet">${escapeHtml([roles].flat().join(", "))}</span><p>${escapeHtml(operation.summary)}</p>${body}` +
    `<details><summary>replies</summary><ul>${replies.join("")}</ul></details></article>`
  );
}
