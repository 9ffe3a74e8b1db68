import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { startStripe } from "#infra/local/stripe/server";
import type { RunningStripe, StripeOptions } from "#infra/local/stripe/server";
import { Timers } from "#infra/local/stripe/timers";

export const webhookSecret = "whsec_test_of_the_fake";
export const apiVersion = "2026-10-28.endive";

/** A fake on a free port and the real client on it, both gone after the test's `await using`. */
export async function startStage(options: Partial<StripeOptions> = {}, client: Partial<Stripe.StripeConfig> = {}) {
  const fake = await startStripe({ port: 0, webhookSecret, ...options });
  return { fake, stripe: clientOf(fake, client), [Symbol.asyncDispose]: () => fake.stop() };
}

/** The real client, talking to the fake. It never retries unless asked to. */
export function clientOf(fake: RunningStripe, config: Partial<Stripe.StripeConfig> = {}): Stripe {
  return new Stripe("sk_test_unit", {
    apiVersion,
    host: "127.0.0.1",
    port: fake.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
}

/** What a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome: unknown = await call.then(
    () => "it was not refused",
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(`Expected a StripeError: ${String(outcome)}`);
}

/** Waits for a condition; the test's own time limit bounds it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** Timers that go off when the test says so. */
export class HeldTimers extends Timers {
  #held: { readonly delayMs: number; readonly work: () => void }[] = [];

  override after(delayMs: number, work: () => void): void {
    this.#held.push({ delayMs, work });
  }

  get held(): number {
    return this.#held.length;
  }

  /** Sets off the one whose time comes first. */
  next(): void {
    this.#held.sort((a, b) => a.delayMs - b.delayMs);
    this.#held.shift()?.work();
  }
}

/** Calls the stage's own switches. */
export async function control(fake: RunningStripe, method: string, path: string, body?: object): Promise<unknown> {
  const reply = await raw(fake, method, path, body === undefined ? {} : { body: JSON.stringify(body) });
  return reply.json;
}

/** A request without the client's help. */
export async function raw(
  fake: RunningStripe,
  method: string,
  path: string,
  init: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<{ status: number; headers: Headers; json: unknown }> {
  const response = await fetch(`${fake.url}${path}`, {
    method,
    headers: { connection: "close", ...init.headers },
    ...(init.body === undefined ? {} : { body: init.body }),
  });
  const json: unknown = await response.json();
  return { status: response.status, headers: response.headers, json };
}

/** One delivery as it arrived. */
export interface Received {
  readonly body: string;
  readonly signature: string;
}

/** A webhook address that keeps what arrives; `statusOf` says what it answers to the nth delivery, counted from 1. */
export async function startWebhook(statusOf: (nth: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (chunk: string) => (body += chunk));
    incoming.on("end", () => {
      received.push({ body, signature: String(incoming.headers["stripe-signature"]) });
      outgoing.writeHead(statusOf(received.length)).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/webhooks/stripe`,
    received,
    types: () => received.map((delivery) => eventOf(delivery).type),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The event of a delivery, its signature verified by the real client. */
export function eventOf(delivery: Received, receivedAtSeconds?: number): Stripe.Event {
  return Stripe.webhooks.constructEvent(
    delivery.body,
    delivery.signature,
    webhookSecret,
    300,
    undefined,
    receivedAtSeconds,
  );
}
