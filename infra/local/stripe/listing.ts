import type { Account, Collection, Stored } from "./account.ts";
import { invalidRequest, resourceMissing } from "./refusal.ts";

/** The paging parameters of a list, parsed. */
export interface Page {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/** A `list` object as Stripe replies it. */
export interface ListReply<T> {
  readonly object: "list";
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly url: string;
}

/** What is listed: a kind of object and how Stripe names it. */
export interface Listed<T extends Stored> {
  readonly collection: (account: Account) => Collection<T>;
  /** For messages, for example `customer`. */
  readonly noun: string;
  readonly url: string;
}

/** A page of the objects that `keep` accepts, newest first. */
export function listPage<T extends Stored>(
  listed: Listed<T>,
  account: Account,
  page: Page,
  keep: (item: T) => boolean,
): ListReply<T> {
  const limit = page.limit ?? 10;
  if (page.starting_after !== undefined && page.ending_before !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: starting_after, ending_before.");
  }
  const all = listed.collection(account).newestFirst();
  const positionOf = (id: string, param: string) => {
    const position = all.findIndex((item) => item.id === id);
    if (position < 0) throw resourceMissing(listed.noun, id, param, 400);
    return position;
  };
  const reply = (data: T[], has_more: boolean): ListReply<T> => ({ object: "list", data, has_more, url: listed.url });
  if (page.ending_before !== undefined) {
    const newer = all.slice(0, positionOf(page.ending_before, "ending_before")).filter(keep);
    return reply(newer.slice(-limit), newer.length > limit);
  }
  const start = page.starting_after === undefined ? 0 : positionOf(page.starting_after, "starting_after") + 1;
  const older = all.slice(start).filter(keep);
  return reply(older.slice(0, limit), older.length > limit);
}
