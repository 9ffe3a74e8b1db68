import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { decideDispute } from "#shared/contracts/disputes";
import { knownBudget } from "#shared/domain/campaigns/access";
import { namedDispute } from "#shared/domain/disputes/access";
import { decideDispute as decide } from "#shared/domain/disputes/decide-dispute";
import { entryKeys } from "#shared/domain/ledger/entry-keys";
import { bookedSplit } from "#shared/domain/settlements/settle-again";
import { knownParticipant, reviewableBy } from "#shared/domain/submissions/access";
import { brandsWallet, ownWallet } from "#shared/domain/wallets/wallet";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  decideDispute,
  { ...dynamodb, platformFees: configuredFees },
  async (
    call,
    { campaigns, participants, submissions, disputes, wallets, earnings, journal, platformFees, commit },
  ) => {
    const { campaignId, submissionId, disputeId } = call.path;
    const seen = await campaigns.seenBy(campaignId, call.actor.userId);
    const submission = await submissions.get(campaignId, submissionId);
    const decided = reviewableBy(call.actor, { campaign: seen?.campaign, submission });
    const budget = knownBudget(seen?.budget);
    const dispute = namedDispute(await disputes.get(campaignId, submissionId), disputeId);
    const { creatorId, brandId, earningId } = dispute;
    const participant = knownParticipant(await participants.get(campaignId, creatorId));
    const payee = { wallet: ownWallet(await wallets.get(creatorId)), fees: platformFees.schedule };
    const brandWallet = brandsWallet(await wallets.get(brandId));
    const key = entryKeys.settlement(dispute);
    const booked = bookedSplit(await journal.get(key), await journal.get(entryKeys.platformFee(key)));
    const [earning] = earningId === undefined ? [] : await earnings.some(creatorId, [earningId]);
    const facts = { ...decided, budget, dispute, participant, payee, brandWallet, booked, earning };

    const { change, dispute: reply } = decide(facts, call.body, call);

    return commit(change, reply);
  },
);
