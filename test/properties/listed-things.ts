/** Things of people's that lists show and that nothing in these histories brings about. */
import { SocialPlatform } from "#shared/domain/social/platform";
import { anApiKey } from "../support/conversion-builders.ts";
import { aCardDispute, aPayout, aRefund } from "../support/money-builders.ts";
import { aSocialAccount, aSocialDay } from "../support/social-builders.ts";
import type { TestStage } from "../support/stage.ts";

export async function givenSome(
  stage: TestStage,
  brands: readonly string[],
  creators: readonly string[],
): Promise<void> {
  for (const [at, userId] of brands.entries()) {
    await stage.given("refund", aRefund({ id: `rfd_${at}${"0".repeat(25)}`, userId }));
    await stage.given("cardDispute", aCardDispute({ id: `dp_${at}`, userId }));
    await stage.given("apiKey", anApiKey({ id: `key_${at}${"0".repeat(25)}`, brandId: userId }));
  }
  for (const [at, creatorId] of creators.entries()) {
    await stage.given("payout", aPayout({ id: `pay_${at}${"0".repeat(25)}`, creatorId }));
    for (const platform of SocialPlatform.options) {
      // By their names they are known again.
      await stage.given("socialAccount", aSocialAccount({ userId: creatorId, platform, username: creatorId }));
      await stage.given("socialDay", aSocialDay({ userId: creatorId, platform }));
    }
  }
}
