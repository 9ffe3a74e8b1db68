import { expect, test } from "@jest/globals";
import type { Actor } from "#shared/domain/kernel/actor";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { createLink } from "#shared/domain/links/create-link";
import { NewLink } from "#shared/domain/links/input";
import { aBudget, aCampaign, aParticipant, CREATOR_ID } from "../../support/builders.ts";
import { brand, creator, sequentialIds } from "../../support/stage.ts";

const OTHER_ID = "00000000-0000-4000-8000-0000000000c2";

/** Of a campaign that the named creator takes part in, whoever asks. */
const made = (actor: Actor, creatorId: string) =>
  createLink(
    {
      campaign: aCampaign({ status: "active" }),
      budget: aBudget(),
      participant: aParticipant({ creatorId }),
      drawn: "abcdEFGH23",
      naming: { prefix: undefined, alike: undefined },
      urlOf: (code) => `https://go.example.com/t/${code}`,
    },
    NewLink.parse({ destinationUrl: "https://shop.example.com/", creatorId }),
    { actor, now: "2026-11-25T12:00:00.000Z", newId: sequentialIds() },
  );

test("a creator makes no link for another, even where the other's participation is at hand", () => {
  expect(() => made(creator(), OTHER_ID)).toThrow(expect.objectContaining({ refusal: campaignRefusals.notFound }));
  expect(made(creator(), CREATOR_ID).link.creatorId).toBe(CREATOR_ID);
  expect(made(brand(), OTHER_ID).link.creatorId).toBe(OTHER_ID);
});
