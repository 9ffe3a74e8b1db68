/** Who agrees to what the other side may have changed since they read it: their cases of preconditions.test.ts. */
import { disputed } from "../actions/settlements/settling.ts";
import { extensionAgreed, extensionOffered, reviewed, submitted, working } from "../actions/submissions/delivered.ts";
import { aBudget, aCampaign, anInvitation, aParticipant, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { accepted, declined, invited, launched } from "../support/launched.ts";
import { aWallet } from "../support/money-builders.ts";
import { admin, creator, type TestStage } from "../support/stage.ts";

/** The command, with the version that its `If-Match` names. */
export type Command = (ifMatch?: number) => Promise<unknown>;
/** Brings about what the refusal is of; `succeeds`: nothing is. */
export type Cases = Readonly<Record<string, (stage: TestStage) => Promise<Command>>>;

/** Brings a campaign with an invitation to where an answer to it is refused. */
type Bring = (stage: TestStage, campaignId: string) => Promise<unknown>;
const answering =
  (answer: typeof accepted | typeof declined, bring?: Bring, creatorId = CREATOR_ID) =>
  async (stage: TestStage): Promise<Command> => {
    const campaignId = await launched(stage);
    await invited(stage, campaignId);
    await bring?.(stage, campaignId);
    const actor = creatorId === CREATOR_ID ? creator() : admin();
    return (ifMatch) => answer(stage, campaignId, creatorId, actor, ifMatch);
  };
const stands =
  (parts: Parameters<typeof anInvitation>[0]): Bring =>
  (stage, campaignId) =>
    stage.given("invitation", anInvitation({ campaignId, ...parts }));
const holds =
  (parts: Parameters<typeof aWallet>[0]): Bring =>
  (stage) =>
    stage.given("wallet", aWallet({ userId: CREATOR_ID, ...parts }));
const paused: Bring = async (stage, campaignId) =>
  stage.given("campaign", aCampaign({ ...(await stage.ports.campaigns.get(campaignId)), status: "paused" }));
const frozen: Bring = (stage, campaignId) => {
  const unit = {
    deliverableId: `dlv_${"1".repeat(26)}`,
    unit: 1,
    priceMinor: 1,
    rounds: 1,
    state: "disputed" as const,
  };
  return stage.given("participant", aParticipant({ campaignId, status: "inactive", units: [unit] }));
};

type Come = (stage: TestStage, work: Awaited<ReturnType<typeof working>>, id: string) => Promise<unknown>;
const agreeing =
  (come?: Come, isOffered = true) =>
  async (stage: TestStage): Promise<Command> => {
    const work = await working(stage);
    const { id } = await submitted(stage, work);
    if (isOffered) await extensionOffered(stage, work, id, { hours: 48 });
    await come?.(stage, work, id);
    return (ifMatch) => extensionAgreed(stage, work, id, creator(), ifMatch);
  };

export const answerCases: Readonly<Record<string, Cases>> = {
  acceptInvitation: {
    succeeds: answering(accepted),
    "invitation.not_pending": answering(accepted, stands({ status: "declined" })),
    "invitation.expired": answering(accepted, stands({ status: "expired" })),
    "invitation.campaign_not_open": answering(accepted, paused),
    "account.suspended": answering(accepted, holds({ ownerStatus: "suspended" })),
    "participant.unsettled": answering(accepted, frozen),
    "access.conflict_of_interest": answering(accepted, stands({ creatorId: BRAND_ID }), BRAND_ID),
    "wallet.currency_mismatch": answering(accepted, holds({ currency: "EUR" })),
    "campaign.insufficient_funds": answering(accepted, (stage, campaignId) =>
      stage.given("budget", aBudget({ campaignId, status: "active", unassigned: 1, secured: 99_999 })),
    ),
  },
  declineInvitation: {
    succeeds: answering(declined),
    "invitation.not_pending": answering(declined, stands({ status: "declined" })),
    "invitation.expired": answering(declined, stands({ status: "expired" })),
  },
  agreeToExtension: {
    succeeds: agreeing(),
    "submission.no_extension": agreeing(undefined, false),
    "submission.already_settled": agreeing((stage, work, id) => reviewed(stage, work, id, "approved")),
    "submission.disputed": agreeing(disputed),
  },
};
