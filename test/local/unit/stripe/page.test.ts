import { expect, test } from "@jest/globals";
import { startConnect } from "./connect.ts";

test("a person sees the objects of every account, and none of their words is markup", async () => {
  await using stage = await startConnect();
  const { fake, stripe, creator } = stage;
  await stripe.customers.create({ name: `<script>alert("x")</script>`, email: "brand@example.com" });
  const transfer = await stripe.transfers.create({ amount: 4000, currency: "usd", destination: creator.id });
  const reply = await fetch(fake.url, { headers: { connection: "close" } });
  const html = await reply.text();
  expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const shown of ["Platform acct_local", `Connected account ${creator.id}`, transfer.id, "6000 usd", "4000 usd"]) {
    expect(html).toContain(shown);
  }
  expect(html).not.toContain("<script");
  expect(html).toContain("&lt;script&gt;");
  const absent = await fetch(`${fake.url}/setup/e/acct_none/none`, { headers: { connection: "close" } });
  await absent.text();
  expect(absent.status).toBe(401);
});
