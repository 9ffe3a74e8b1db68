import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreatorAnalytics } from "#shared/contracts/social";
import { analyticsDays, pageOfDays, requireSeen, spanOf } from "#shared/domain/social/analytics";
import { requireShown } from "#shared/domain/matching/public-profile";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCreatorAnalytics,
  dynamodb,
  async ({ actor, path: { creatorId }, query, page, now }, { accounts, socialAccounts, socialDays }) => {
    requireSeen(actor, creatorId);
    requireShown(await accounts.get(creatorId));
    const connected = await socialAccounts.ofPerson(creatorId);
    const days = await socialDays.ofPerson(creatorId, { ...spanOf({}, now), platform: query.platform });

    const shown = analyticsDays(connected, days, { ...query, ...spanOf(query, now) });

    return pageOfDays(shown, page);
  },
);
