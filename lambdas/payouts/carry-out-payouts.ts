import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayoutProcessor } from "#shared/adapters/stripe/payout-processor";
import { carryOutPayouts } from "#shared/contracts/payouts";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import { cameBack, shortIn } from "#shared/domain/payouts/after-paid";
import { shortOn } from "#shared/domain/payouts/shortfall";
import { askOf, isUnfunded, type PayoutNews } from "#shared/domain/payouts/steps";
import { ownWallet } from "#shared/domain/wallets/wallet";
import { log } from "#shared/runtime/log";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  carryOutPayouts,
  { ...dynamodb, payoutProcessor: stripePayoutProcessor },
  async (invocation, { detail }, { payouts, wallets, earnings, payoutProcessor, commit }) => {
    const changed: PayoutNews | undefined = "payoutId" in detail ? detail : await payoutProcessor.whatChanged(detail);
    if (changed === undefined) return;
    const payout = await payouts.get(changed.payoutId);
    if (payout === undefined) return;
    const wallet = ownWallet(await wallets.get(payout.creatorId));
    const paid = await earnings.some(
      payout.creatorId,
      payout.parts.map(({ earningId }) => earningId),
    );
    const short = shortOn(payout, await payouts.short(payout.creatorId));
    const state = { payout, earnings: paid, short };

    const back = cameBack(state, changed, invocation);
    for (const payoutId of shortIn(back)) log("payout.transfer_reversed", { payoutId });
    if (back) return commit(back);
    const ask = askOf(payout, wallet, short);
    if (ask === undefined) return;
    const answer = await payoutProcessor.carryOut(ask);
    if (isUnfunded(ask, answer)) log("payout.unfunded", { payoutId: payout.id });
    await commit(followPayout(state, ask, answer, invocation));
  },
);
