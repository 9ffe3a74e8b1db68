import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayoutProcessor } from "#shared/adapters/stripe/payout-processor";
import { carryOutPayouts } from "#shared/contracts/payouts";
import { takenBack, followPayout } from "#shared/domain/payouts/follow-payout";
import { askOf } from "#shared/domain/payouts/steps";
import { ownWallet } from "#shared/domain/wallets/wallet";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  carryOutPayouts,
  { ...dynamodb, payoutProcessor: stripePayoutProcessor },
  async (invocation, { detail }, { payouts, wallets, earnings, payoutProcessor, commit }) => {
    const changed =
      "payoutId" in detail ? { ...detail, reversalId: undefined } : await payoutProcessor.whatChanged(detail);
    if (changed === undefined) return;
    const payout = await payouts.get(changed.payoutId);
    if (payout === undefined) return;
    const wallet = ownWallet(await wallets.get(payout.creatorId));
    const paid = await earnings.some(
      payout.creatorId,
      payout.parts.map(({ earningId }) => earningId),
    );
    const state = { payout, earnings: paid };

    const back = takenBack(state, changed, invocation);
    if (back) return commit(back);
    const ask = askOf(payout, wallet);
    if (ask) await commit(followPayout(state, ask, await payoutProcessor.carryOut(ask), invocation));
  },
);
