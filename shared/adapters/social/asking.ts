/** How networks are asked: within limits, never past the call's time, and with nothing of what they say in any error. */
import * as z from "zod";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { remainingMs, requireTime } from "#shared/ports/call-time";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";

/** Of all requests that one call of the port makes. */
const READING_MS = 5_000;
/** Longer: a renewal that is given up too early leaves open whether the old token is dead. */
const CHANGING_MS = 12_000;
/** No answer that is asked for comes near it; what is longer is not read. */
const MOST_BYTES = 262_144;

export interface Asked {
  readonly method?: "GET" | "POST";
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was answered. `body` is parsed JSON, and undefined where it is none. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Ask = (asked: Asked) => Promise<Answered>;

/** Failures before anything was sent. Source: Node.js documentation, "Common system errors"; undici, `UND_ERR_CONNECT_TIMEOUT`. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Asks for one call of the port.
 * @param isChange whether it is not known without an answer what became of it
 */
export function asking(platform: SocialPlatform, isChange: boolean): Ask {
  requireTime();
  const endsAt = performance.now() + Math.min(isChange ? CHANGING_MS : READING_MS, remainingMs());
  return async (asked) => {
    const signal = AbortSignal.timeout(Math.max(1, Math.floor(endsAt - performance.now())));
    try {
      // Nobody is handed tokens by a redirect.
      const reply = await fetch(addressWith(asked.url, asked.query ?? {}), {
        ...sent(asked),
        redirect: "manual",
        signal,
      });
      return { status: reply.status, headers: reply.headers, body: parsed(await textOf(reply)) };
    } catch (error) {
      throw unanswered(platform, isChange && !NOT_SENT.has(codeOf(error)), error);
    }
  };
}

const sent = ({ method = "GET", form, json, headers }: Asked): RequestInit => ({
  method,
  headers: { accept: "application/json", ...(json && { "content-type": "application/json" }), ...headers },
  ...(form && { body: new URLSearchParams(form) }),
  ...(json && { body: JSON.stringify(json) }),
});

export function addressWith(url: string, query: Readonly<Record<string, string>>): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** What says that there was no answer. */
export const unanswered = (platform: SocialPlatform, isOpen: boolean, cause?: unknown): Error =>
  isOpen ? new OutcomeUnknown(platform, { cause }) : new Unavailable(platform, { cause });

/** `fetch` says why it failed in what caused it. */
const Failure = z.object({ cause: z.object({ code: z.string() }) });
const codeOf = (error: unknown): string => Failure.safeParse(error).data?.cause.code ?? "";

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  // What is left of a body is given up with the loop.
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_BYTES) return "";
  }
  return text;
}

/** JSON, or undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // A page of HTML, half an answer, or none: its words are nobody's business.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
