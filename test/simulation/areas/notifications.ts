/** People choose what they are told, read all of it at once, and are told something by an admin; short links are made. */
import { createHash } from "node:crypto";
import { qrCodes } from "#shared/adapters/qr/qr-codes";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import type { Role } from "#shared/domain/kernel/actor";
import { Account } from "#shared/domain/users/account";
import { CODE_ALPHABET, CODE_LENGTH } from "#shared/domain/links/code";
import { Link } from "#shared/domain/links/link";
import type { Area, Move } from "../area.ts";
import { currentPlace } from "../invocations.ts";

const CATEGORIES = ["campaigns", "submissions", "payments", "system"];

const choosing = (role: Role): Move => ({
  name: "choose what to be told",
  role,
  weight: 1,
  async act(me, chance) {
    const channels = () => ({ inApp: chance.happens(0.7), email: chance.happens(0.5) });
    const body = Object.fromEntries(CATEGORIES.map((category) => [category, channels()]));
    await me.act("setNotificationPreferences", { body });
    return true;
  },
});
const readingAll = (role: Role): Move => ({
  name: "read everything",
  role,
  weight: 1,
  async act(me) {
    await me.act("markAllNotificationsRead");
    return true;
  },
});
const announcing: Move = {
  name: "tell a role, or one of them, something",
  role: "admin",
  weight: 2,
  async act(me, chance, world) {
    const somebody = chance.oneOf(world.people);
    const audience = chance.happens(0.7)
      ? { role: chance.oneOf(["brand", "creator"]) }
      : { userId: somebody?.userId ?? me.person.userId };
    const category = chance.oneOf(CATEGORIES);
    await me.act("announce", { body: { ...audience, category, title: "Maintenance", message: "On Sunday" } });
    return true;
  },
};

/** Codes that follow from who makes them, and when: a seed is one history. */
const linkCodesOfPlaces = {
  next: () =>
    [...createHash("sha256").update(currentPlace()).digest().subarray(0, CODE_LENGTH)]
      .map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length])
      .join(""),
};

const linking: Move = {
  name: "make a short link",
  role: "creator",
  weight: 2,
  async act(me, chance) {
    const campaignId = chance.oneOf(await me.list("listCampaigns"))?.id as string | undefined;
    if (campaignId === undefined) return false;
    const body = { destinationUrl: `https://shop.example.com/${chance.below(100)}` };
    await me.act("createLink", { path: { campaignId }, body });
    return true;
  },
};

export const area: Area = {
  inside: {
    linkCodes: linkCodesOfPlaces,
    linkUrls: stageLinkUrls({ LINK_ORIGIN: "https://go.example.com" }),
    qrCodes: qrCodes(),
  },
  moves: [choosing("brand"), choosing("creator"), readingAll("brand"), readingAll("creator"), announcing, linking],
  invariants: [
    {
      says: "a link of somebody who is banned leads on",
      broken(world) {
        const accounts = world.items("account").map((item) => Account.parse(item));
        const isBanned = (userId: string) => accounts.some(({ id, status }) => id === userId && status === "suspended");
        return world
          .items("link")
          .map((item) => Link.parse(item))
          .filter(({ brandId, creatorId, brandBanned, creatorBanned }) =>
            [brandId, creatorId].some((id) => isBanned(id) && !brandBanned && !creatorBanned),
          )
          .map(({ code }) => code);
      },
    },
  ],
};
