import type * as z from "zod";
import { type Change, changed, differences } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { knownAccount } from "./access.ts";
import type { Account } from "./account.ts";
import type { ProfileChanges } from "./input.ts";

const FIELDS = ["fullName", "avatarUrl", "bio", "location", "phone", "creator"] as const;

/** Changes what a person says about themselves. A field that was not sent stays. */
export function updateProfile(
  stored: Account | undefined,
  sent: z.output<typeof ProfileChanges>,
  occasion: Occasion,
): { readonly change: Change; readonly account: Account } {
  const account = knownAccount(stored);
  requireVersion(account, occasion);
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  const next: Account = { ...account, ...given, updatedAt: occasion.now };
  const update = changed("account", account, next);
  // Personal fields are named in the audit, their contents are not kept there.
  const named = (differences(account, next, FIELDS) ?? []).map(({ field }) => ({ field, before: null, after: null }));
  const change: Change = {
    entities: [update],
    events: [{ type: "account.profile_changed", detail: { userId: account.id } }],
    audit: { action: "account.profile_updated", resource: { type: "account", id: account.id }, changes: named },
  };
  return { change, account: update.next };
}
