import type { HttpContract, ReplyType } from "#shared/contracts/contract";
import { isTagged } from "#shared/contracts/implied";
import type { Change } from "#shared/domain/change";
import type { StoredReply } from "#shared/ports/idempotency";
import type { Page } from "#shared/ports/page";
import type { ListCursors } from "./cursor.ts";
import { entityTag } from "./entity-tag.ts";

/** How a list was asked for, and how its next page is. */
interface Paging extends Pick<ListCursors, "seal"> {
  /** Items a page; a next page may ask for another number. */
  readonly limit: number;
}

/**
 * What an action answered, as its contract promises it. @throws ZodError when it is something else: a defect.
 *
 * @param change what is committed with it, if anything is
 * @param paging of a list
 */
export function replyOf(
  contract: HttpContract,
  result: unknown,
  change: Change | undefined,
  paging: Paging | undefined,
): StoredReply {
  const status = statusOf(contract, change);
  if (status === 204) return { status, headers: {}, body: "" };
  if (contract.replyType) return shown(contract, contract.replyType, status, result);
  const body = paging ? pageBody(contract, result as Page<unknown>, paging) : contract.reply.parse(result);
  const text = JSON.stringify(body);
  return { status, headers: { "Content-Type": "application/json", ...tagOf(contract, body, text) }, body: text };
}

function shown(contract: HttpContract, type: ReplyType, status: number, result: unknown): StoredReply {
  const sent = textOrBytes(contract.reply.parse(result));
  return { status, headers: { ...headersOf[type], ...tagOf(contract, undefined, sent.body) }, ...sent };
}

const textOrBytes = (body: unknown): Pick<StoredReply, "body" | "isBase64"> =>
  body instanceof Uint8Array ? { body: Buffer.from(body).toString("base64"), isBase64: true } : { body: String(body) };

/** A page for people may have styles of its own and a form that leads back to it, and nothing else. Nobody keeps it. */
const pageHeaders = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};
/** The same for ever, and its reader's alone. Source: RFC 8246 (`immutable`). */
const imageHeaders = (type: string) => ({
  "Content-Type": type,
  "Cache-Control": "private, max-age=31536000, immutable",
});
const headersOf: Readonly<Record<ReplyType, Readonly<Record<string, string>>>> = {
  "text/html": pageHeaders,
  "image/svg+xml": imageHeaders("image/svg+xml"),
  "image/png": imageHeaders("image/png"),
};

/** Made anew, or there already. */
function statusOf({ status = 200, statusWhenThere }: HttpContract, change: Change | undefined): number {
  return change?.entities.some(({ was }) => was === undefined) ? status : (statusWhenThere ?? status);
}

const pageBody = (contract: HttpContract, { items, next }: Page<unknown>, { limit, seal }: Paging) => ({
  data: items.map((item) => contract.reply.parse(item)),
  page: { limit, next: next === undefined ? null : seal(next) },
});

/** What is read alone has a tag, and so has whatever a command replies that can be changed under `If-Match`. */
function tagOf(contract: HttpContract, body: unknown, text: string): Record<string, string> {
  const version = (body as { readonly version?: number } | null | undefined)?.version;
  return version !== undefined || isTagged(contract) ? { ETag: entityTag(text, version) } : {};
}
