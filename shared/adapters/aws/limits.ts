/** What every client of AWS is made with: limits for each try, and none past the call's time. */
import type { IncomingMessage } from "node:http";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { remainingMs, requireTime } from "#shared/ports/call-time";
import { CONNECT_MS, REQUEST_MS, Unavailable } from "#shared/ports/outside";

interface Limits {
  /** Tries of one call, the first included. One where a second is somebody else's to make, or would be a second deed. */
  readonly tries?: number;
  readonly requestMs?: number;
}

/** Configuration of a client; its calls end in time. */
export const limited = ({ tries = 3, requestMs = REQUEST_MS }: Limits = {}) => ({
  maxAttempts: tries,
  requestHandler: new LimitedHandler(requestMs),
});

type Handled = ReturnType<NodeHttpHandler["handle"]>;
type Asked = Parameters<NodeHttpHandler["handle"]>;

/**
 * HTTP/1.1 with limits. The SDK's own do not do alone (@smithy/node-http-handler 4.14.2): `requestTimeout` only warns
 * without `throwOnRequestTimeout`, and stops counting when the reply's headers are there, so that a body which stops
 * half-way is waited for without end. And they know nothing of the call's deadline.
 */
class LimitedHandler extends NodeHttpHandler {
  readonly #requestMs: number;

  constructor(requestMs: number) {
    // Who waits for a socket is not counted as connected: there are enough for all that one process asks at once.
    const agent = { keepAlive: true, maxSockets: 512 };
    super({ connectionTimeout: CONNECT_MS, throwOnRequestTimeout: true, httpAgent: agent, httpsAgent: agent });
    this.#requestMs = requestMs;
  }

  override async handle(request: Asked[0], options: Asked[1] = {}): Handled {
    requireTime();
    const limit = Math.max(1, Math.min(this.#requestMs, remainingMs()));
    const endsAt = performance.now() + limit;
    const reply = await super.handle(request, { ...options, requestTimeout: limit });
    endBy(reply.response.body as IncomingMessage, endsAt);
    return reply;
  }
}

/** A body that is not there by then ends with an error. */
function endBy(body: IncomingMessage, endsAt: number): void {
  const late = () => body.destroy(Object.assign(new Error("the reply stopped half-way"), { name: "TimeoutError" }));
  const timer = setTimeout(late, Math.max(1, endsAt - performance.now()));
  body.once("close", () => clearTimeout(timer));
}

const silent = new Set(["TimeoutError", "ECONNRESET", "ECONNREFUSED", "ETIMEDOUT", "EPIPE", "EAI_AGAIN", "ENOTFOUND"]);

/** @throws Unavailable for what may be asked again later; everything else as it is. */
export async function available<R>(what: string, call: () => Promise<R>): Promise<R> {
  try {
    return await call();
  } catch (error) {
    throw isPassing(error) ? new Unavailable(what, { cause: error }) : error;
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata, $retryable } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: { readonly throttling?: boolean };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    silent.has(name) || silent.has(String(code)) || status >= 500 || status === 429 || isThrottle(name, $retryable)
  );
}

const isThrottle = (name: string, retryable?: { readonly throttling?: boolean }): boolean =>
  retryable?.throttling === true || /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded/.test(name);
