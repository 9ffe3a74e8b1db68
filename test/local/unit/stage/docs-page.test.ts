import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { docsMarkup, shapeOf } from "#infra/local/docs-page";
import { refusalsOf } from "#shared/contracts/implied";
import { actions } from "#shared/contracts/index";

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

  test("shows parameters and replies that operations share in each of them", () => {
    const shared = {
      paths: {
        "/v1/campaigns": {
          get: {
            parameters: [{ $ref: "#/components/parameters/limit" }],
            responses: { "404": { $ref: "#/components/responses/campaign.not_found" } },
          },
        },
      },
      components: {
        parameters: {
          limit: { name: "limit", in: "query", schema: { type: "integer" }, description: "25 when left out" },
        },
        responses: {
          "campaign.not_found": {
            description: "`campaign.not_found`: There is no such campaign",
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        },
        schemas: { Problem: { type: "object", properties: {} } },
      },
    };
    const page = docsMarkup(shared);
    expect(page).toContain(
      `<li><code>limit</code> <span class="quiet">query, optional</span> <code>integer</code> 25 when left out</li>`,
    );
    expect(page).toContain("<li><code>404</code> `campaign.not_found`: There is no such campaign");
    expect(page).toContain(`application/problem+json</div><pre><a href="#shape-Problem">Problem</a>`);
    expect(() => docsMarkup({ ...shared, components: {} })).toThrow("nothing at #/components/");
  });

  test("shows every operation of the real description with its codes", () => {
    const page = docsMarkup(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
    const articles = page.split("<article>").slice(1);
    for (const { contract } of actions) {
      if (contract.trigger !== "http" || contract.catchAll) continue;
      const [method, path] = contract.route.split(" ");
      const article = articles.find((one) =>
        one.startsWith(`<span class="method">${method}</span> <code>${path}</code>`),
      );
      for (const { code } of refusalsOf(contract))
        expect([contract.route, article]).toEqual([contract.route, expect.stringContaining(`\`${code}\``)]);
    }
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
