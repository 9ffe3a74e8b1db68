/** Links that end the mails of one category without signing in: signed, so that nobody can make one for somebody else. */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { UserId } from "../../kernel/ids.ts";
import { refuse } from "../../kernel/refusal.ts";
import { NotificationCategory } from "../notification.ts";
import { notificationRefusals } from "../refusals.ts";

/** Whose mails of what. It has no end: a mail may be found years later, and all that it can do is to stop mails. */
const Subscription = z.object({ userId: UserId, category: NotificationCategory });
export type Subscription = z.infer<typeof Subscription>;

/** Where mails lead to. */
export interface MailLinks {
  /** Of the API, without a path. */
  readonly apiOrigin: string;
  /** Of the web client, without a path. */
  readonly appUrl: string;
}

const signatureOf = (key: Uint8Array, { userId, category }: Subscription): Buffer =>
  createHmac("sha256", key)
    .update(JSON.stringify(["unsubscribe", userId, category]))
    .digest();

export const tokenFor = (key: Uint8Array, subscription: Subscription): string =>
  [subscription.userId, subscription.category, signatureOf(key, subscription).toString("base64url")].join(".");

/**
 * @param key missing while no mail has such a link
 * @throws Refusal `unsubscribe_link.invalid` when it was made up, altered or cut
 */
export function openToken(key: Uint8Array | undefined, token: string): Subscription {
  const [userId, category, signature = "", ...rest] = token.split(".");
  const subscription = Subscription.safeParse({ userId, category });
  if (key === undefined || !subscription.success || rest.length > 0) throw refuse(notificationRefusals.linkInvalid);
  const expected = signatureOf(key, subscription.data);
  const given = Buffer.from(signature, "base64url");
  // Base64 can be spelled in more than one way; a signature in one alone.
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isSigned || given.toString("base64url") !== signature) throw refuse(notificationRefusals.linkInvalid);
  return subscription.data;
}

/** Clients of mail POST to it (RFC 8058), people open it. */
export const unsubscribeUrl = (key: Uint8Array, { apiOrigin }: MailLinks, subscription: Subscription): string =>
  `${apiOrigin}/v1/unsubscriptions/${tokenFor(key, subscription)}`;
