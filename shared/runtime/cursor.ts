import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import * as z from "zod";
import type { Actor } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import type { Cursors, Position } from "#shared/ports/page";

/** What a cursor belongs to; of anything else it is none. */
export interface CursorScope {
  /** Their roles belong to it: they decide which list a route gives. */
  readonly caller: Actor;
  /** With its path. */
  readonly route: string;
  readonly filters: unknown;
}

const CIPHER = "aes-256-gcm";
/** NIST SP 800-38D, sections 5.2.1.1 and 8.2. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const SealedPosition = z.record(z.string(), z.string());

/** Cursors of one list, for one caller. */
export interface ListCursors {
  readonly seal: (at: Position) => string;
  readonly open: (cursor: string) => Position;
}

export async function cursorsOf(cursors: Cursors, scope: CursorScope): Promise<ListCursors> {
  const key = await cursors.key();
  return { seal: (at) => sealCursor(key, scope, at), open: (cursor) => openCursor(key, scope, cursor) };
}

/** Each caller has a key of their own, so that none ever seals as much as random nonces are good for: 2^32 cursors. */
const keyFor = (stageKey: Uint8Array, { caller }: CursorScope): Uint8Array =>
  createHmac("sha256", stageKey).update(caller.userId).digest();

const boundTo = ({ caller, route, filters }: CursorScope): Uint8Array =>
  Buffer.from(JSON.stringify([[...caller.roles].sort(), route, filters]));

/** A position as its caller may carry it: they can neither read it nor change it, nor use it elsewhere. */
export function sealCursor(stageKey: Uint8Array, scope: CursorScope, at: Position): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(stageKey, scope), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(scope));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(at), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/**
 * The position in a cursor. One that opens is ours, and is trusted.
 * @throws Refusal `cursor.invalid` when it was made up, altered or cut, or is another caller's or another list's
 */
export function openCursor(stageKey: Uint8Array, scope: CursorScope, cursor: string): Position {
  const bytes = Buffer.from(cursor, "base64url");
  // Base64 can be spelled in more than one way; a cursor in one alone.
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== cursor) throw invalid();
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor(stageKey, scope), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(scope));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), authentic(decipher)]);
  return SealedPosition.parse(JSON.parse(text.toString("utf8")));
}

/** Node throws a plain Error when the tag does not fit, and for nothing else that `final` does here. */
function authentic(decipher: { final(): Buffer }): Buffer {
  try {
    return decipher.final();
  } catch {
    throw invalid();
  }
}

function invalid() {
  const { code, title: detail } = requestRefusals.cursorInvalid;
  return refuse(requestRefusals.cursorInvalid, detail, { errors: [{ pointer: "/query/cursor", code, detail }] });
}
