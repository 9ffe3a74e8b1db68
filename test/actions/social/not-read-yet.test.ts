/** LinkedIn says with the tokens whose they are, and may not take them for some minutes: nobody has to consent again for that. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";
import { connected, drained, later, memberOf, ranSync, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const account = () => stage.ports.socialAccounts.get(CREATOR_ID, "linkedin");
const member = memberOf("mia", { ...memberOf().figures, followerCount: 1_200 });
const connectedWhere = (error: Error) => {
  stage.socialNetworks.fail("linkedin.read", error);
  return connected(stage, "linkedin", { member });
};

describe("an account that cannot be read as soon as it is connected", () => {
  test.each([
    ["takes its own token not yet", new NetworkRefused("linkedin", "invalid_grant")],
    ["says no, and not why", new NetworkRefused("linkedin", "unexplained")],
    ["is away", new Unavailable("it")],
    ["does not answer", new OutcomeUnknown("it")],
    ["is busy", new NetworkBusy("linkedin", 60)],
  ])("is connected where the network %s, and read in the next round", async (_how, error) => {
    expect(await connectedWhere(error)).toMatchObject({ status: "connected", displayName: "mia", followerCount: null });
    expect(stage.stored("socialDay")).toEqual([]);
    later(stage, 1);
    expect(await ranSync(stage)).toMatchObject({ counts: { queued: 1 } });
    await drained(stage);
    expect(await account()).toMatchObject({ figures: { followerCount: 1_200 }, lastSyncedAt: stage.clock.now });
  });

  test("keeps the figures that it had before, and their age", async () => {
    await connected(stage, "linkedin", { member });
    const before = await account();
    later(stage, 3);
    await connectedWhere(new NetworkRefused("linkedin", "invalid_grant"));
    expect(await account()).toMatchObject({ figures: before?.figures, lastSyncedAt: before?.lastSyncedAt });
  });

  test("is doubted anew, however old the figures are that it had: what was said before was of another consent", async () => {
    const refused = () => new NetworkRefused("linkedin", "invalid_grant");
    const read = async () => {
      stage.socialNetworks.fail("linkedin.read", refused());
      await worked(stage, { task: "sync", userId: CREATOR_ID, platform: "linkedin", tries: 3 });
    };
    await connected(stage, "linkedin", { member });
    later(stage, 24);
    await read();
    later(stage, 48);
    await connectedWhere(refused());
    await read();
    expect(await account()).toMatchObject({ status: "connected", doubtedSince: stage.clock.now });
    later(stage, 48);
    await read();
    expect(await account()).toMatchObject({ status: "needs_reconnect" });
  });

  test("is none where the consent does not cover it", async () => {
    const refused = { refusal: { code: "social.scope_missing" } };
    await expect(connectedWhere(new NetworkRefused("linkedin", "insufficient_scope"))).rejects.toMatchObject(refused);
    expect(await account()).toBeUndefined();
  });
});
