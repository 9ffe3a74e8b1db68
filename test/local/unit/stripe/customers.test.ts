import { describe, expect, test } from "@jest/globals";
import { refusalOf, startStage } from "./stage.ts";

describe("customers", () => {
  test("are created, retrieved and updated, metadata merged key by key", async () => {
    await using stage = await startStage({ now: () => 1_790_000_000_500 });
    const { stripe } = stage;
    const created = await stripe.customers.create({
      email: "brand@example.com",
      name: "Brand",
      address: { city: "Bern", country: "CH" },
      metadata: { userId: "u1", plan: "a" },
      preferred_locales: ["de", "en"],
    });
    expect(created).toMatchObject({ object: "customer", email: "brand@example.com", created: 1_790_000_000 });
    expect(created.id).toMatch(/^cus_\w{14}$/);
    expect(created.address).toEqual(expect.objectContaining({ city: "Bern", line1: null }));
    expect(created.preferred_locales).toEqual(["de", "en"]);

    const updated = await stripe.customers.update(created.id, {
      name: "",
      address: { line1: "Gasse 1" },
      metadata: { plan: "", team: "b" },
    });
    expect(updated.name).toBeNull();
    expect(updated.address).toMatchObject({ city: "Bern", line1: "Gasse 1" });
    expect(updated.metadata).toEqual({ userId: "u1", team: "b" });
    expect(await stripe.customers.retrieve(created.id)).toMatchObject({ id: created.id, metadata: updated.metadata });
    expect((await stripe.customers.update(created.id, { metadata: "" })).metadata).toEqual({});
  });

  test("are listed newest first, by e-mail and in pages", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"]) {
      ids.unshift((await stripe.customers.create({ name, email: `${name}@example.com` })).id);
    }
    const first = await stripe.customers.list({ limit: 2 });
    expect(first).toMatchObject({ object: "list", url: "/v1/customers", has_more: true });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const walked: string[] = [];
    for await (const customer of stripe.customers.list({ limit: 2 })) walked.push(customer.id);
    expect(walked).toEqual(ids);
    const back = await stripe.customers.list({ limit: 2, ending_before: ids[3] ?? "" });
    expect(back.data.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    expect(back.has_more).toBe(true);
    const found = await stripe.customers.list({ email: "c@example.com" });
    expect(found.data.map(({ name }) => name)).toEqual(["c"]);
    expect((await stripe.customers.list({ email: "C@example.com" })).data).toEqual([]);
    expect((await stripe.customers.list({ created: { gt: 4_000_000_000 } })).data).toEqual([]);
  });

  test("are refused as Stripe refuses them", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    expect(await refusalOf(stripe.customers.retrieve("cus_none"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      rawType: "invalid_request_error",
      param: "id",
      message: "No such customer: 'cus_none'",
    });
    expect(await refusalOf(stripe.customers.create({ email: "nobody" }))).toMatchObject({ code: "email_invalid" });
    expect(await refusalOf(stripe.customers.list({ limit: 101 }))).toMatchObject({
      code: "parameter_invalid_integer",
      param: "limit",
      message: "This value must be less than or equal to 100.",
    });
    expect(await refusalOf(stripe.customers.list({ starting_after: "cus_none" }))).toMatchObject({
      statusCode: 400,
      code: "resource_missing",
      param: "starting_after",
    });
    const long = stripe.customers.create({ metadata: { key: "x".repeat(501) } });
    expect((await refusalOf(long)).message).toContain("Metadata values can have up to 500 characters");
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    expect((await refusalOf(stripe.customers.create({ metadata: many }))).message).toContain("up to 50 keys");
  });
});
