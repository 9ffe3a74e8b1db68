import { changed } from "#shared/domain/change";
import { daysShown, flaggedSpan } from "#shared/domain/social/days";
import { SocialPlatform } from "#shared/domain/social/platform";
import {
  AudienceEvidence,
  NetworkPause,
  SocialAccount,
  SocialClaim,
  SocialDay,
} from "#shared/domain/social/social-account";
import { SocialConsent, SocialRevocation, SocialToken } from "#shared/domain/social/social-tokens";
import { isPaused } from "#shared/domain/social/sync";
import { Account } from "#shared/domain/users/account";
import type {
  NetworkPauses,
  SocialAccounts,
  SocialCases,
  SocialClaims,
  SocialConsents,
  SocialDays,
  SocialRevocations,
  SocialTokensStored,
} from "#shared/ports/social-accounts";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { isOf, itemKey, listing, ranged, spreadListing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyOf, pageOf, parsed } from "./pages.ts";

export const storedSocialAccounts = (table: TableEngine): SocialAccounts => ({
  get: async (userId, platform) =>
    parsed(SocialAccount, await table.get(itemKey(items.socialAccount, { userId, platform }))),
  ofPerson: (userId) => everyOf(table, listing(items.socialAccount, { userId }), SocialAccount),
  page: (userId, page) => pageOf(table, listing(items.socialAccount, { userId }), SocialAccount, page),
  due: (now) => {
    const parts = spreadListing(items.socialAccount.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, SocialAccount);
  },
  connected: () => eachOf(table, spreadListing(items.socialAccount.listings.due, {}), SocialAccount),
});

export const storedSocialDays = (table: TableEngine): SocialDays => ({
  ofPerson: async (userId, { platform, ...span }) => {
    const days = (platform === undefined ? SocialPlatform.options : [platform]).map((of) =>
      everyOf(table, within(userId, of, span), SocialDay),
    );
    return (await Promise.all(days)).flat();
  },
});

/** Days of one network: the sort key has the network first, so both ends name it. */
const within = (
  userId: string,
  platform: SocialPlatform,
  { from, to }: { readonly from: string; readonly to: string },
) => ({
  ...listing(items.socialDay, { userId }),
  between: [
    itemKey(items.socialDay, { userId, platform, day: from }).sk,
    itemKey(items.socialDay, { userId, platform, day: to }).sk,
  ] as const,
});

export const storedSocialCases = (table: TableEngine): SocialCases => ({
  async of(name, day) {
    const found = await table.getMany([
      itemKey(items.account, { id: name.userId }),
      itemKey(items.socialAccount, name),
      itemKey(items.socialToken, name),
      itemKey(items.socialDay, { ...name, day }),
      itemKey(items.networkPause, name),
    ]);
    const one = (kind: "account" | "socialAccount" | "socialToken" | "socialDay" | "networkPause") =>
      found.find((item) => isOf(items[kind], item));
    const owner = parsed(Account, one("account"));
    return {
      isServed: owner?.status === "active" && owner.roles.includes("creator"),
      account: parsed(SocialAccount, one("socialAccount")),
      token: parsed(SocialToken, one("socialToken")),
      day: parsed(SocialDay, one("socialDay")),
      pause: parsed(NetworkPause, one("networkPause")),
    };
  },
  async connection({ userId, platform }, now) {
    const account = parsed(SocialAccount, await table.get(itemKey(items.socialAccount, { userId, platform })));
    if (account === undefined) return undefined;
    const found = await table.getMany([
      itemKey(items.socialClaim, account),
      itemKey(items.socialToken, account),
      itemKey(items.audienceEvidence, account),
    ]);
    const one = (kind: "socialClaim" | "socialToken" | "audienceEvidence") =>
      found.find((item) => isOf(items[kind], item));
    const days = await storedSocialDays(table).ofPerson(userId, { ...flaggedSpan(now), platform });
    return {
      account,
      claim: parsed(SocialClaim, one("socialClaim")),
      token: parsed(SocialToken, one("socialToken")),
      kept: parsed(AudienceEvidence, one("audienceEvidence")),
      shown: daysShown([account], days),
    };
  },
});

export const storedSocialClaims = (table: TableEngine): SocialClaims => ({
  get: async (platform, externalId) =>
    parsed(SocialClaim, await table.get(itemKey(items.socialClaim, { platform, externalId }))),
  kept: async (platform, externalId) =>
    parsed(AudienceEvidence, await table.get(itemKey(items.audienceEvidence, { platform, externalId }))),
});

export const storedSocialTokens = (table: TableEngine): SocialTokensStored => ({
  get: async (name) => parsed(SocialToken, await table.get(itemKey(items.socialToken, name))),
  due: (now) => {
    const parts = spreadListing(items.socialToken.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, SocialToken);
  },
});

export const storedSocialRevocations = (table: TableEngine): SocialRevocations => ({
  due: (now) => {
    const parts = spreadListing(items.socialRevocation.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, SocialRevocation);
  },
  keep: ({ version }, next) =>
    table.transact([{ kind: "put", item: storedItem(items.socialRevocation, next), when: { equals: { version } } }]),
  end: (revocation) =>
    table.transact([
      {
        kind: "remove",
        key: itemKey(items.socialRevocation, revocation),
        when: { equals: { version: revocation.version } },
      },
    ]),
});

export const storedSocialConsents = (table: TableEngine): SocialConsents => ({
  get: async (digest) => parsed(SocialConsent, await table.get(itemKey(items.socialConsent, { digest }))),
  async take(consent, codeDigest, now) {
    const { version } = consent;
    const taken = storedItem(items.socialConsent, changed("socialConsent", consent, { ...consent, spentAt: now }).next);
    const code = storedItem(items.socialCode, { digest: codeDigest, spentAt: now });
    try {
      await table.transact([
        { kind: "put", item: taken, when: { equals: { version } } },
        { kind: "put", item: code, when: { absent: true } },
      ]);
      return "taken";
    } catch (error) {
      if (!(error instanceof ConditionsFailed)) throw error;
      return error.failed.includes(0) ? "stateUsed" : "codeUsed";
    }
  },
});

export const storedNetworkPauses = (table: TableEngine): NetworkPauses => ({
  at: async (now) => {
    const found = await table.getMany(
      SocialPlatform.options.map((platform) => itemKey(items.networkPause, { platform })),
    );
    return found.map((item) => NetworkPause.parse(item)).filter((pause) => isPaused(pause, now));
  },
});
