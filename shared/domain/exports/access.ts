/** Who may export what, and read which export. What the API's lists show is the measure: nobody exports what they cannot list. */
import { type Actor, isAdmin, mayCall, type Role } from "../kernel/actor.ts";
import { found, known, refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { plusHours, type Instant } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import type { Export, ExportKind } from "./export.ts";
import { exportRefusals } from "./refusals.ts";

/** Who may ask for which kind; each gets what is theirs to see of it. */
export const exporters: Readonly<Record<ExportKind, readonly Role[]>> = {
  transactions: ["admin", "brand", "creator"],
  earnings: ["admin", "creator"],
  "campaign-analytics": ["admin", "brand", "creator"],
  participants: ["admin", "brand", "creator"],
  submissions: ["admin", "brand", "creator"],
  users: ["admin"],
  "audit-logs": ["admin"],
};

/** @throws Refusal `access.role_not_allowed` */
export function requireExporter(actor: Actor, kind: ExportKind): void {
  if (!mayCall(actor, exporters[kind])) throw refuse(accessRefusals.roleNotAllowed);
}

/** Longest that an export may take, all its turns together. */
const MAKING_HOURS = 24;
/** Until when it is made, or has failed. */
export const endsAt = ({ createdAt }: Pick<Export, "createdAt">): Instant => plusHours(createdAt, MAKING_HOURS);
/** When what is due to end at an instant was asked for. */
export const askedBefore = (now: Instant): Instant => plusHours(now, -MAKING_HOURS);

export const isOpen = ({ status }: Pick<Export, "status">): boolean => status === "queued" || status === "running";

/** Nothing removes an export while somebody works on it. */
export const knownExport = (exported: Export | undefined): Export => known(exported, "export");

/**
 * Whoever an export is read for, as they are now.
 * @throws Refusal why nothing may be read for them any more
 */
export function readerOf(exported: Export, account: Account | undefined, now: Instant): Actor {
  const { id: userId, roles, status } = known(account, "account of this export");
  if (status === "suspended") throw refuse(accessRefusals.suspended);
  if (!exported.roles.every((role) => roles.includes(role))) throw refuse(accessRefusals.roleNotAllowed);
  if (now >= endsAt(exported)) throw refuse(exportRefusals.tookTooLong);
  const actor = { userId, roles: exported.roles };
  requireExporter(actor, exported.kind);
  return actor;
}

/**
 * An export for whoever asked for it, and for admins; for everybody else there is none. Whoever has lost a role since then has
 * no right to what it holds any more.
 */
export function readableExport(actor: Actor, stored: Export | undefined): Export {
  const exported = found(stored, exportRefusals.notFound);
  if (isAdmin(actor)) return exported;
  if (exported.userId !== actor.userId) throw refuse(exportRefusals.notFound);
  if (!exported.roles.every((role) => actor.roles.includes(role))) throw refuse(accessRefusals.roleNotAllowed);
  return exported;
}
