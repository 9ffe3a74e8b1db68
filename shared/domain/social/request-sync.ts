import type { Change } from "../change.ts";
import { isAdmin } from "../kernel/actor.ts";
import type { Occasion } from "../kernel/occasion.ts";

/** Creators want their own accounts read, an admin everybody's. */
export function requestSync({ actor }: Occasion): Change {
  const userId = isAdmin(actor) ? null : actor.userId;
  return {
    entities: [],
    events: [{ type: "social.sync_requested", detail: { userId } }],
    audit: { action: "social.sync_requested", resource: { type: "social_sync", id: userId ?? "everybody" } },
  };
}
