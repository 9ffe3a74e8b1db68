import { type Change, changed, created, type EntityChange } from "../change.ts";
import { givenOf } from "../kernel/given.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { endsAt } from "./access.ts";
import type { Export, OpenExports } from "./export.ts";
import type { NewExport } from "./input.ts";
import { exportRefusals } from "./refusals.ts";

/** Exports of one person that are made at a time. */
export const MOST_OPEN = 5;

/** @throws Refusal `export.too_many_open` */
export function requestExport(
  asked: NewExport,
  stored: OpenExports | undefined,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly exported: Export } {
  const { userId } = actor;
  const open = (stored?.open ?? []).filter(({ until }) => until > now);
  if (open.length >= MOST_OPEN) throw refuse(exportRefusals.tooManyOpen, undefined, { currentState: "open" });
  const request = created("export", {
    ...asked,
    id: newId("export"),
    userId,
    roles: [...actor.roles],
    status: "queued",
    turn: 0,
    attempt: 1,
    rows: 0,
    sizeBytes: 0,
    createdAt: now,
    updatedAt: now,
  });
  const { id: exportId } = request.next;
  const among = { userId, open: [...open, { exportId, until: endsAt(request.next) }] };
  const change: Change = {
    entities: [request, stored ? changed("openExports", stored, among) : created("openExports", among)],
    events: [{ type: "export.turn_due", detail: { exportId, turn: 0 } }],
    audit: {
      action: "export.requested",
      resource: { type: "export", id: exportId },
      changes: Object.entries(givenOf(asked)).map(([field, after]) => ({ field, before: null, after })),
    },
  };
  return { change, exported: request.next };
}

/** Makes room for another one. */
export const noLongerOpen = (stored: OpenExports | undefined, { id }: Export): readonly EntityChange[] =>
  stored === undefined
    ? []
    : [changed("openExports", stored, { ...stored, open: stored.open.filter(({ exportId }) => exportId !== id) })];
