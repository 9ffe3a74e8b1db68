/** What every client of AWS is made with: limits for each try, and none past the call's time. */
import type { IncomingMessage } from "node:http";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { OutOfTime, remainingMs, requireTime } from "#shared/ports/call-time";
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
    const reply = await super.handle(request, { ...options, requestTimeout: limit }).catch((error: unknown) => {
      throw new NoAnswer("no reply", { cause: error });
    });
    endBy(reply.response.body as IncomingMessage, endsAt);
    return reply;
  }
}

/** Whatever became of the connection. By this name the SDK knows that it may ask again. */
class NoAnswer extends Error {
  override readonly name = "TimeoutError";
}

/** A body that is not there by then ends with an error. */
function endBy(body: IncomingMessage, endsAt: number): void {
  const late = () => body.destroy(new NoAnswer("the reply stopped half-way"));
  const timer = setTimeout(late, Math.max(1, endsAt - performance.now()));
  body.once("close", () => clearTimeout(timer));
}

/**
 * What only asks, and changes nothing.
 * @throws Unavailable when there was no answer, or "later", also to its last try; everything else as it is.
 */
export async function available<R>(what: string, call: () => Promise<R>): Promise<R> {
  try {
    return await call();
  } catch (error) {
    throw isPassing(error) ? new Unavailable(what, { cause: error }) : error;
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof OutOfTime) return true;
  if (!(error instanceof Error)) return false;
  const { name, $metadata, $retryable } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: { readonly throttling?: boolean };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return name === "TimeoutError" || status >= 500 || status === 429 || isThrottle(name, $retryable);
}

const isThrottle = (name: string, retryable?: { readonly throttling?: boolean }): boolean =>
  retryable?.throttling === true || /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded/.test(name);
