/** What becomes of an export with each turn of its writing. */
import { type AuditNote, type Change, changed, type Requirement } from "../change.ts";
import type { DomainEvent, EventDetail } from "../events/events.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse, type RefusalCode } from "../kernel/refusal.ts";
import { plusDays, plusMilliseconds } from "../kernel/time.ts";
import { endsAt, isOpen } from "./access.ts";
import type { Export, OpenExports, Upload } from "./export.ts";
import { exportLifecycle } from "./lifecycle.ts";
import { exportRefusals } from "./refusals.ts";
import { noLongerOpen } from "./request-export.ts";
import { FILE_DAYS } from "./view.ts";

/** What a file has so far. */
interface Size {
  readonly rows: number;
  readonly sizeBytes: number;
}

/** How a turn went. */
export type Turn =
  | (Size & { readonly went: "on"; readonly upload: Upload })
  | { readonly went: "whole" }
  /** The store has not got all parts any more: an upload that nobody finished was cleared away, or two have written one part. */
  | { readonly went: "lost" }
  | { readonly went: "wrong"; readonly why: Pick<RefusalCode, "code" | "title"> };

/** How often a file is begun before it is given up. */
const MOST_ATTEMPTS = 3;

/** The export, when this turn of it is still to be taken: an event that comes again finds that it was. */
export const dueTurn = (exported: Export, turn: number): Export | undefined =>
  isOpen(exported) && exported.turn === turn ? exported : undefined;

export function followTurn(exported: Export, open: OpenExports | undefined, turn: Turn, occasion: Occasion): Change {
  switch (turn.went) {
    case "on":
      return goneOn(exported, turn, occasion);
    case "whole":
      return completed(exported, open, occasion);
    case "lost":
      return exported.attempt < MOST_ATTEMPTS
        ? begunAgain(exported, occasion)
        : failed(exported, open, exportRefusals.fileLost, occasion);
    case "wrong":
      return failed(exported, open, turn.why, occasion);
  }
}

/** Whoever asked is still who they were: a ban, or a role that is taken away, between reading and writing undoes the turn. */
const stillTheirs = ({ userId, roles }: Export): readonly Requirement[] => [{ activeAccount: userId, roles }];

const nextTurn = ({ id: exportId, turn }: Export): readonly DomainEvent[] => [
  { type: "export.turn_due", detail: { exportId, turn: turn + 1 } },
];

function goneOn(
  exported: Export,
  { upload, rows, sizeBytes }: Size & { readonly upload: Upload },
  occasion: Occasion,
): Change {
  const running = exported.status === "queued" ? transition(exported, exportLifecycle.start, occasion) : exported;
  const next = { ...running, upload, rows, sizeBytes, turn: exported.turn + 1, updatedAt: occasion.now };
  return {
    entities: [changed("export", exported, next)],
    requires: stillTheirs(exported),
    events: nextTurn(exported),
  };
}

function begunAgain(exported: Export, { now }: Occasion): Change {
  const { upload: _lost, ...whole } = exported;
  const next = {
    ...whole,
    attempt: exported.attempt + 1,
    turn: exported.turn + 1,
    rows: 0,
    sizeBytes: 0,
    updatedAt: now,
  };
  return {
    entities: [changed("export", exported, next)],
    requires: stillTheirs(exported),
    events: nextTurn(exported),
  };
}

function completed(exported: Export, open: OpenExports | undefined, occasion: Occasion): Change {
  const { upload: _whole, ...ended } = transition(exported, exportLifecycle.complete, occasion);
  const { rows, sizeBytes } = exported;
  const next = { ...ended, turn: exported.turn + 1, completedAt: occasion.now };
  const result = { fetchableUntil: plusDays(occasion.now, FILE_DAYS) };
  return {
    entities: [changed("export", exported, next), ...noLongerOpen(open, exported)],
    requires: stillTheirs(exported),
    events: endOf(exported, result, occasion),
    audit: receipt(exported, "export.completed", { rows, sizeBytes }),
  };
}

function failed(
  exported: Export,
  open: OpenExports | undefined,
  { code, title }: Pick<RefusalCode, "code" | "title">,
  occasion: Occasion,
): Change {
  const { upload: _givenUp, ...ended } = transition(exported, exportLifecycle.fail, occasion);
  const next = { ...ended, rows: 0, sizeBytes: 0, turn: exported.turn + 1, failure: { code, detail: title } };
  return {
    entities: [changed("export", exported, next), ...noLongerOpen(open, exported)],
    events: endOf({ ...exported, rows: 0 }, { failed: title }, occasion),
    audit: receipt(exported, "export.failed", { failure: code }),
  };
}

/**
 * The end of an export that no turn has brought about: its worker was given up, or its event is gone. Nothing when a turn has
 * ended it meanwhile.
 */
export const endOverdue = (exported: Export, open: OpenExports | undefined, occasion: Occasion): Change | undefined =>
  isOpen(exported) && occasion.now >= endsAt(exported)
    ? failed(exported, open, exportRefusals.tookTooLong, occasion)
    : undefined;

/** How long somebody looks on until their file is there. */
const PATIENCE_MS = 60_000;

function endOf(
  { id: exportId, userId, kind, format, rows, createdAt }: Export,
  result: EventDetail<"export.ended">["result"],
  { now }: Occasion,
): readonly DomainEvent[] {
  const tookLong = now > plusMilliseconds(createdAt, PATIENCE_MS);
  return [{ type: "export.ended", detail: { exportId, userId, kind, format, rows, result, tookLong } }];
}

/** Who was given what: its filters are said again, so that one row answers. */
function receipt(
  { id, userId, kind, format, campaignId, from, to }: Export,
  action: string,
  result: object,
): AuditNote {
  const said = { userId, kind, format, campaignId, from, to, ...result };
  const changes = Object.entries(said).flatMap(([field, after]: [string, unknown]) =>
    after === undefined ? [] : [{ field, before: null, after }],
  );
  return { action, resource: { type: "export", id }, changes };
}

/** Parts of the largest file: their names are kept in one item, which may have 400 kB. Some eight gigabytes. */
export const MOST_PARTS = 1_000;

/** @throws Refusal `export.too_large` */
export function requireRoom({ upload }: Export): void {
  if (upload && upload.parts.length >= MOST_PARTS) throw refuse(exportRefusals.tooLarge);
}
