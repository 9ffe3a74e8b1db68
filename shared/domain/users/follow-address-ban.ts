/**
 * A ban goes with the address. The user pool lets everybody end their user and sign up anew, under another name (Cognito API
 * reference, DeleteUser), so one person may have left accounts behind, and whoever is banned may have another one open.
 */
import { type Change, unchanged } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { Instant } from "../kernel/time.ts";
import type { Account, Ban } from "./account.ts";
import { letBack, type Suspendable, withBan } from "./suspension.ts";

const isBannedItself = ({ status, ban }: Account): boolean =>
  status === "suspended" && ban?.sameAddressAs === undefined;

/** The one of them whose ban was decided for itself, if any: others follow it. */
export const bannedItself = (accounts: readonly Account[]): Account | undefined => accounts.find(isBannedItself);

/** The ban of an account as it goes over to another one with its address. */
export const banAfter = ({ id, ban }: Account, since: Instant): Ban => ({
  by: ban?.by,
  reason: ban?.reason ?? null,
  since,
  sameAddressAs: id,
});

/** An account, and the other one whose ban, or its end, it has to follow. */
interface Due {
  readonly id: string;
  readonly otherId: string;
}

/** Who of an address has something to follow. */
export function bansToFollow(alike: readonly Account[]): readonly Due[] {
  return alike.flatMap((account): Due[] => {
    const { id, ban } = account;
    const banned = alike.filter((one) => one.id !== id && isBannedItself(one));
    // Any of them: whom an admin let back after one ban follows the next.
    const followed = banned.find((one) => mustFollow(account, one));
    if (followed) return [{ id, otherId: followed.id }];
    if (banned.length > 0) return [];
    return ban?.sameAddressAs === undefined ? [] : [{ id, otherId: ban.sameAddressAs }];
  });
}

/**
 * Where somebody may have something to follow after what happened: at the address that an account has, and at the one it had.
 * Whose ban is over may leave before that is told, and would be looked for where they are.
 */
export const addressesAfter = (
  { before }: { readonly userId: string; readonly before?: string | undefined },
  { email }: Account,
): readonly string[] => (before === undefined ? [email] : [email, before]);

interface FollowState extends Suspendable {
  readonly account: Account;
  readonly other: Account;
}

/** Bans who is active while the other one is banned, and lets back who followed it when it is no more; nothing where neither is due. */
export function followAddressBan(state: FollowState, occasion: Occasion): Change | undefined {
  const change = following(state, occasion);
  // A ban that begins or ends meanwhile is followed by its own event, which must find what this one did.
  return change && { ...change, requires: [...(change.requires ?? []), unchanged("account", state.other)] };
}

function following(state: FollowState, occasion: Occasion): Change | undefined {
  const { account, other } = state;
  if (isBannedItself(other) && haveOneAddress(account, other)) {
    if (!mustFollow(account, other)) return undefined;
    return withBan(state, banAfter(other, occasion.now), occasion).change;
  }
  return account.ban?.sameAddressAs === other.id ? letBack(state, occasion).change : undefined;
}

/** Who is let back may leave for another address, and be banned there: nobody at the one they left follows that. */
const haveOneAddress = (one: Account, other: Account): boolean => one.email.toLowerCase() === other.email.toLowerCase();

/** Whom an admin has let back since does not follow, and nobody bans themselves by banning what they left behind. */
const mustFollow = ({ id, status, ban }: Account, banned: Account): boolean =>
  status === "active" && banned.ban?.by !== id && (ban?.until ?? "") < (banned.ban?.since ?? banned.updatedAt);
