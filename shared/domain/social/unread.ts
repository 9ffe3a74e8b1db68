/** Why nothing was read of an account. One says little; many of one round say that a network, or what it lets us do, is another now. */

/**
 * `silent`: the network did not answer, however often it was asked. `busy`: it had enough of us for longer than work waits.
 * `over`: it takes the tokens no longer, and gives no others for them. `lacking`: the consent does not cover what is read. `doubted`: it
 * gave new tokens, and takes them as little as those before. `another_account`: it answers for another account than was proven.
 * `unexplained`: it said no, and not why. `misconfigured`: it refuses our app, whoever's tokens it asks with.
 */
export type UnreadBecause =
  "silent" | "busy" | "over" | "lacking" | "doubted" | "another_account" | "unexplained" | "misconfigured";

/** As it is logged. */
export interface Unread {
  readonly code: "social.account_unread" | "social.app_refused";
  readonly because: UnreadBecause;
  /** What was thrown of it, where there was no answer. */
  readonly cause?: unknown;
}

/** What is everybody's rings at once; of what is one account's, it depends on how many others there are. */
export const unread = (because: UnreadBecause, cause?: unknown): Unread => ({
  code: because === "misconfigured" ? "social.app_refused" : "social.account_unread",
  because,
  ...(cause !== undefined && { cause }),
});
