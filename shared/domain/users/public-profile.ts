import { found } from "../kernel/refusal.ts";
import type { Account } from "./account.ts";
import { userRefusals } from "./refusals.ts";

/** What everybody who is signed in may know of a creator. Of whoever is none, or is suspended, there is nothing to see. */
export function publicProfile(stored: Account | undefined) {
  const isShown = stored?.status === "active" && stored.roles.includes("creator");
  const { id, fullName, avatarUrl, bio, location, creator, createdAt } = found(
    isShown ? stored : undefined,
    userRefusals.creatorNotFound,
  );
  return { id, fullName, avatarUrl, bio, location, ...(creator && { creator }), createdAt };
}
