import { describe, expect, test } from "@jest/globals";
import { canonicalForm, decodeForm } from "#infra/local/stripe/form";
import { clientOf, raw, refusalOf, startStage } from "./stage.ts";

const key = { authorization: "Bearer sk_test_unit" };

describe("a request", () => {
  test("without a test key is 401", async () => {
    await using stage = await startStage();
    const without = await raw(stage.fake, "GET", "/v1/customers");
    expect(without.status).toBe(401);
    expect(without.json).toMatchObject({
      error: { type: "invalid_request_error", message: expect.stringMatching(/^You did not provide an API key\./) },
    });
    for (const bad of ["sk_live_0123456789abcd", "pk_test_0123456789abcd", "nonsense"]) {
      const refused = await raw(stage.fake, "GET", "/v1/customers", { headers: { authorization: `Bearer ${bad}` } });
      expect(refused.status).toBe(401);
    }
    const live = await raw(stage.fake, "GET", "/v1/customers", {
      headers: { authorization: "Bearer sk_live_0123456789abcd" },
    });
    expect(live.json).toMatchObject({ error: { message: "Invalid API Key provided: sk_live_**********abcd" } });
    const basic = `Basic ${Buffer.from("sk_test_unit:").toString("base64")}`;
    expect((await raw(stage.fake, "GET", "/v1/customers", { headers: { authorization: basic } })).status).toBe(200);
  });

  test("to an unknown place is 404, as is another method", async () => {
    await using stage = await startStage();
    for (const [method, path] of [
      ["GET", "/v1/unicorns"],
      ["POST", "/v1/plans"],
      ["DELETE", "/v1/balance"],
    ] as const) {
      const { status, json } = await raw(stage.fake, method, path, { headers: key });
      expect(status).toBe(404);
      expect(json).toMatchObject({
        error: {
          type: "invalid_request_error",
          message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
        },
      });
    }
    const trailing = await raw(stage.fake, "GET", "/v1/customers/", { headers: key });
    expect(JSON.stringify(trailing.json)).toContain("remove the trailing slash");
  });

  test("is answered with its id, version and account", async () => {
    await using stage = await startStage();
    stage.fake.state.openAccount("acct_creator");
    const headers = { ...key, "stripe-version": "2026-10-28.endive", "stripe-account": "acct_creator" };
    const answer = await raw(stage.fake, "GET", "/v1/balance", { headers });
    expect(answer.headers.get("request-id")).toMatch(/^req_\w{14}$/);
    expect(answer.headers.get("stripe-version")).toBe("2026-10-28.endive");
    expect(answer.headers.get("stripe-account")).toBe("acct_creator");
    const odd = await raw(stage.fake, "GET", "/v1/balance", { headers: { ...key, "stripe-version": "soon" } });
    expect(odd.json).toMatchObject({ error: { message: "Invalid Stripe API version: soon" } });
  });

  test("for an account that is not connected is 403", async () => {
    await using stage = await startStage();
    const stranger = clientOf(stage.fake, { stripeAccount: "acct_none" });
    expect(await refusalOf(stranger.balance.retrieve())).toMatchObject({
      type: "StripePermissionError",
      statusCode: 403,
      code: "account_invalid",
    });
  });

  test("in JSON is refused", async () => {
    await using stage = await startStage();
    const headers = { ...key, "content-type": "application/json" };
    const answer = await raw(stage.fake, "POST", "/v1/customers", { headers, body: '{"name":"a"}' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain("check that your POST content type is");
  });
});

describe("the bracket encoding", () => {
  test("nests objects and arrays", () => {
    expect(decodeForm("a=1&b[c]=2&b[d][e]=3&f[]=x&f[]=y&g[0][h]=4&i[j][k]=%26+%5B")).toEqual({
      a: "1",
      b: { c: "2", d: { e: "3" } },
      f: { 0: "x", 1: "y" },
      g: { 0: { h: "4" } },
      i: { j: { k: "& [" } },
    });
  });

  test("never reaches an object's prototype", () => {
    const form = decodeForm("__proto__[polluted]=1&metadata[__proto__]=2");
    expect(Object.keys(form)).toEqual(["__proto__", "metadata"]);
    expect({}).not.toHaveProperty("polluted");
  });

  test("is compared without regard to order, and without confusing keys with values", () => {
    expect(canonicalForm(decodeForm("b[c]=2&a=1"))).toBe(canonicalForm(decodeForm("a=1&b[c]=2")));
    expect(canonicalForm(decodeForm("a=1%262"))).not.toBe(canonicalForm(decodeForm("a=1&2=")));
  });
});
