/** What Stripe says that it holds for us, in the forms in which it says so. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { type SecretsServer, startSecrets } from "../../support/secrets-server.ts";

let secrets: SecretsServer;
let server: Server;
let said: object = {};
beforeAll(async () => {
  secrets = await startSecrets();
  server = createServer((_request, response) => void response.end(JSON.stringify({ object: "balance", ...said })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await secrets.stop();
  server.closeAllConnections();
  server.close();
});

const held = (balance: object) => {
  said = balance;
  const secret = JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: "whsec_now" });
  const { port } = server.address() as AddressInfo;
  return stripePayments({
    STRIPE_SECRET_ARN: secrets.put(secret),
    STRIPE_API_BASE: `http://127.0.0.1:${port}`,
  }).balance();
};
const usd = (amount: number) => [{ amount, currency: "usd" }];

test("the house's money is what is available, what is pending, and what is held back for overdrawn accounts", async () => {
  expect(await held({ available: usd(700), pending: usd(200), connect_reserved: usd(100) })).toEqual([
    { amount: 1_000, currency: "USD" },
  ]);
});

test.each([undefined, null])("an account that nothing is held back of says %s of it", async (nothing) => {
  const balance = { available: [...usd(700), { amount: 5, currency: "xyz" }], pending: usd(-200) };
  expect(await held({ ...balance, connect_reserved: nothing })).toEqual([{ amount: 500, currency: "USD" }]);
});
