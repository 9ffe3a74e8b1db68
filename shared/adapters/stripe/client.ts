/** Stripe's client with limits, and how long Stripe is asked. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import Stripe from "stripe";
import { remainingMs, requireTime } from "#shared/ports/call-time";
import { Unavailable, untilAnswered } from "#shared/ports/outside";

/** Named here, so that a new library is not silently a new API. */
const API_VERSION = "2026-10-28.endive";
const CONNECT_MS = 2_000;
/**
 * Longer than for AWS: a try that was given up too early leaves its outcome open. Three of them, with their waits, end within
 * the 29 s of an action that asks Stripe; Stripe's own default of 80 s does not end within any (stripe-node 23.1.0, README).
 */
const REQUEST_MS = 8_000;

/** What a connection that is never accepted would wait for is the system's two minutes: Node's own limit counts from then on. */
function connectingInTime(protocol: "http" | "https") {
  const agent = protocol === "http" ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, connected) => {
    const socket = connect(options, connected) as Socket;
    const late = () => socket.destroy(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }));
    const timer = setTimeout(late, CONNECT_MS);
    for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
    return socket;
  };
  return agent;
}

export function stripeAt(base: string, key: string): Stripe {
  const { protocol, hostname, port } = new URL(base);
  const spoken = protocol === "http:" ? "http" : "https";
  const client = Stripe.createNodeHttpClient(connectingInTime(spoken));
  const send = client.makeRequest.bind(client);
  client.makeRequest = (...[host, at, path, method, headers, body, scheme, limit]) => {
    requireTime();
    return send(host, at, path, method, headers, body, scheme, Math.max(1, Math.min(limit, remainingMs())));
  };
  return new Stripe(key, {
    apiVersion: API_VERSION,
    protocol: spoken,
    host: hostname,
    ...(port !== "" && { port: Number(port) }),
    httpClient: client,
    // Asked again by `asked`, with the same key: see there.
    maxNetworkRetries: 0,
    timeout: REQUEST_MS,
    telemetry: false,
  });
}

const statusOf = (error: unknown): number => (error instanceof Stripe.errors.StripeError ? (error.statusCode ?? 0) : 0);

/** Neither yes nor no: no answer, the key's first request under way (409), too many requests, or not begun (503). */
const isTransient = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeConnectionError || [409, 429].includes(statusOf(error)) || statusOf(error) > 500;

/**
 * Asks Stripe, and again where that is safe: whoever creates something does it under a key of its own.
 * Source: Stripe docs, "Advanced error handling".
 */
export const asked = <R>(call: () => Promise<R>): Promise<R> =>
  untilAnswered(call, { isTransient, firstWaitMs: 500, longestWaitMs: 2_000, tries: 3 });

/** Whether what was thrown says neither yes nor no, also to whoever asks again. */
export const isUnanswered = (error: unknown): boolean => isTransient(error) || statusOf(error) === 500;

/** @throws Unavailable when Stripe does not answer: what it was asked for is asked for under the same key next time. */
export async function answeredByStripe<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    throw isUnanswered(error) ? new Unavailable("the payment processor", { cause: error }) : error;
  }
}
