import { createHash } from "node:crypto";
import * as z from "zod";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import type { Position } from "#shared/ports/page";

/**
 * What a cursor belongs to: the caller, the route with its path, and the filters. A cursor is a place in a list, not a
 * permission: every list is scoped by the caller's own partition, so a forged cursor could only skip the forger's items.
 */
export interface CursorScope {
  readonly callerId: string;
  readonly route: string;
  readonly filters: unknown;
  /** Items a page; a next page may ask for another number. */
  readonly limit: number;
}

const Cursor = z.strictObject({ at: z.record(z.string(), z.string()), of: z.string() });

const digest = (scope: CursorScope, at: Position): string =>
  createHash("sha256")
    .update(JSON.stringify([scope.callerId, scope.route, scope.filters, Object.entries(at).sort()]))
    .digest("base64url")
    .slice(0, 22);

export const encodeCursor = (scope: CursorScope, at: Position): string =>
  Buffer.from(JSON.stringify({ at, of: digest(scope, at) })).toString("base64url");

/** @throws Refusal `cursor.invalid` when it was altered, or is another caller's or another list's. */
export function decodeCursor(scope: CursorScope, cursor: string): Position {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (
    !parsed.success ||
    parsed.data.of !== digest(scope, parsed.data.at) ||
    encodeCursor(scope, parsed.data.at) !== cursor
  ) {
    throw refuse(requestRefusals.cursorInvalid);
  }
  return parsed.data.at;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways a cursor is not ours; the caller refuses it.
    return undefined;
  }
}
