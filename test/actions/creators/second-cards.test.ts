/**
 * A creator who is shown no more and then again has a card of the same key, whose versions are counted anew: whoever still holds
 * the first one would leave places of the second in the index that no card names, and nothing would ever remove.
 */
import { expect, test } from "@jest/globals";
import { handler as followCreator } from "#lambdas/creators/follow-creator";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import { aSocialAccount, someFigures } from "../../support/social-builders.ts";
import type { TestStage } from "../../support/stage.ts";
import { anEventOf, indexed, indexOfStage } from "../../support/told-creators.ts";

const profileOf = (country: string, status: "active" | "suspended", version: number) =>
  anAccount({
    id: CREATOR_ID,
    email: "mia@example.com",
    roles: ["creator"],
    status,
    creator: { categories: ["fashion"], languages: ["en"] },
    location: { country },
    version,
  } as never);

async function was(stage: TestStage, country: string, status: "active" | "suspended", version: number): Promise<void> {
  stage.clock.now = plusMilliseconds(stage.clock.now, 1_000);
  await stage.given("account", profileOf(country, status, version));
  await indexed(stage, CREATOR_ID);
}

test("whoever still holds the card of before puts nothing of it in the place of the new one", async () => {
  const stage = await peopled();
  await stage.given(
    "socialAccount",
    aSocialAccount({ userId: CREATOR_ID, figures: someFigures({ followerCount: 500_000 }) }),
  );
  await was(stage, "US", "active", 2);

  const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const ports = stage.granted(followCreator.contract.uses, occasion);
  const held = await ports.creatorCards.get(CREATOR_ID);
  await was(stage, "US", "suspended", 3);
  await was(stage, "DE", "active", 4);
  await stage.given("account", profileOf("FR", "active", 5));
  const event = anEventOf("account.profile_changed", { userId: CREATOR_ID });
  const late = followCreator.run(occasion, event as never, {
    ...ports,
    creatorCards: { get: () => Promise.resolve(held) },
  });

  await expect(late).rejects.toThrow("changed");
  const { stored, right } = indexOfStage(stage);
  expect(stored).toEqual(right);
});
