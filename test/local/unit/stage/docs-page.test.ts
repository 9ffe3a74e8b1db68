import { describe, expect, test } from "@jest/globals";
import { docsMarkup, shapeOf } from "#infra/local/docs-page";

const description = {
  openapi: "3.1.0",
  info: { title: "Atomic <Influence>" },
  paths: {
    "/v1/campaigns/{campaignId}": {
      parameters: [],
      get: {
        operationId: "getCampaign",
        summary: "Read one campaign",
        tags: ["campaigns"],
        "x-roles": ["brand", "admin"],
        parameters: [{ name: "campaignId", in: "path", required: true, schema: { type: "string", pattern: "^cmp_" } }],
        responses: {
          "200": {
            description: "The campaign",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Campaign" } } },
          },
        },
      },
    },
    "/v1/health": { get: { summary: "Say that <the> API answers", responses: { "200": { description: "ok" } } } },
  },
  components: { schemas: { Campaign: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } } },
};

describe("the docs page", () => {
  test("has every operation under its tag, with roles, parameters and replies", () => {
    const page = docsMarkup(description);
    expect(page).toContain(`<h2 id="tag-campaigns">`);
    expect(page).toContain("<code>/v1/campaigns/{campaignId}</code>");
    expect(page).toContain("brand, admin");
    expect(page).toContain("string (pattern ^cmp_)");
    expect(page).toContain(`<a href="#shape-Campaign">Campaign</a>`);
    expect(page).toContain(`<article id="shape-Campaign">`);
    expect(page).toContain("public");
  });

  test("escapes what it shows and asks no other machine for anything", () => {
    const page = docsMarkup(description);
    expect(page).toContain("Atomic &lt;Influence&gt;");
    expect(page).toContain("Say that &lt;the&gt; API answers");
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test("stands an empty description", () => {
    expect(docsMarkup({ openapi: "3.1.0" })).toContain("openapi.json");
  });
});

test.each([
  [{ type: "string", enum: ["a", "b"] }, "&quot;a&quot; | &quot;b&quot;"],
  [{ const: 1 }, "1"],
  [{ anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] }, "string (date-time) | null"],
  [
    { type: "array", items: { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER } },
    "integer (minimum 0)[]",
  ],
  [{ type: ["string", "null"] }, "string | null"],
  [
    { properties: { a: { type: "boolean" }, b: { properties: {} } }, required: ["a"] },
    "{\n  a: boolean\n  b?: {\n\n  }\n}",
  ],
  [{}, "anything"],
])("%j reads %j", (schema, text) => {
  expect(shapeOf(schema)).toBe(text);
});
