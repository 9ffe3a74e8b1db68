/** Whose an account with a network is. */
import { describe, expect, test } from "@jest/globals";
import { connectAccount, type SocialCase } from "#shared/domain/social/connect";
import { disconnectAccount } from "#shared/domain/social/disconnect";
import { requestSync } from "#shared/domain/social/request-sync";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { aSocialAccount, aSocialClaim, aSocialDay, aSocialToken, someFigures } from "../../support/social-builders.ts";
import { admin, creator, sequentialIds } from "../../support/stage.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const occasion = { actor: creator(CREATOR_ID), now: NOW, newId: sequentialIds() };
const nothing: SocialCase = { account: undefined, token: undefined, day: undefined, pause: undefined };
const { externalId, username, displayName, profileUrl, avatarUrl } = aSocialAccount();
const proof = {
  identity: { externalId, username, displayName, profileUrl, avatarUrl },
  figures: someFigures(),
  tokens: {
    accessToken: "access",
    expiresAt: "2027-01-24T12:00:00.000Z",
    refreshToken: null,
    refreshExpiresAt: null,
    scopes: ["basic"],
  },
  sealed: "sealed",
};
const connected = (state: Partial<SocialCase> = {}, claim?: ReturnType<typeof aSocialClaim>) =>
  connectAccount("instagram", { ...nothing, ...state, claim, kept: undefined }, proof, occasion);

describe("connecting", () => {
  test("is one write of the account, its tokens, the claim and the day, and is told", () => {
    const { change, account } = connected();
    expect(change.entities.map(({ entity, was }) => [entity, was])).toEqual([
      ["socialAccount", undefined],
      ["socialToken", undefined],
      ["socialDay", undefined],
      ["socialClaim", undefined],
    ]);
    expect(account).toMatchObject({
      userId: CREATOR_ID,
      externalId,
      status: "connected",
      connectedAt: NOW,
      version: 1,
    });
    expect(change.events).toEqual([
      { type: "social.account_connected", detail: { userId: CREATOR_ID, platform: "instagram" } },
    ]);
    expect(JSON.stringify(change)).not.toContain("access");
  });

  test("the same account again keeps since when it is connected, and its history", () => {
    const account = aSocialAccount({ status: "needs_reconnect" });
    const { change, account: again } = connected({ account, day: aSocialDay({ day: "2026-11-25" }) }, aSocialClaim());
    expect(again).toMatchObject({
      connectedAt: account.connectedAt,
      status: "connected",
      lastSyncedAt: NOW,
      version: 2,
    });
    expect(change.entities.map(({ entity }) => entity)).toEqual(["socialAccount", "socialToken"]);
    expect(change.requires).toEqual([{ unchanged: "socialClaim", was: aSocialClaim() }]);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      "somebody else's account",
      () => connected({}, aSocialClaim({ userId: OTHER_CREATOR_ID })),
      "social.account_taken",
      "connected",
    ],
    [
      "another one beside one's own",
      () => connected({ account: aSocialAccount({ externalId: "another", status: "needs_reconnect" }) }),
      "social.another_connected",
      "needs_reconnect",
    ],
  ])("%s is refused", (_what, act, code, currentState) => {
    expect(act).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code }), context: { currentState } }),
    );
  });
});

const unflagged = { shown: [aSocialDay()], kept: undefined };

describe("disconnecting", () => {
  test("forgets the account, its tokens and the claim, and is told", () => {
    const platform = "twitter";
    const connection = {
      account: aSocialAccount({ platform }),
      claim: aSocialClaim({ platform }),
      token: aSocialToken({ platform }),
    };
    const { change, revocation } = disconnectAccount({ ...connection, ...unflagged }, occasion);
    expect(change.entities.map(({ entity, next }) => [entity, next])).toEqual([
      ["socialAccount", undefined],
      ["socialToken", undefined],
      ["socialRevocation", revocation],
      ["socialClaim", undefined],
    ]);
    expect(revocation).toMatchObject({ sealed: "sealed", requestedAt: occasion.now });
    expect(change.events).toMatchObject([{ type: "social.account_disconnected" }]);
  });

  test("leaves a claim alone that is not theirs", () => {
    const claim = aSocialClaim({ userId: OTHER_CREATOR_ID });
    const { change, revocation } = disconnectAccount(
      { account: aSocialAccount(), claim, token: undefined, ...unflagged },
      occasion,
    );
    expect(revocation).toBeUndefined();
    expect(change.entities.map(({ entity }) => entity)).toEqual(["socialAccount"]);
  });
});

test("creators have their own accounts read, an admin everybody's", () => {
  const asked = (actor: ReturnType<typeof creator>) => requestSync({ ...occasion, actor }).events?.[0]?.detail;
  expect([asked(creator(CREATOR_ID)), asked(admin())]).toEqual([{ userId: CREATOR_ID }, { userId: null }]);
});
