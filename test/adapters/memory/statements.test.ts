import { memoryConnectedAccounts } from "#shared/adapters/memory/connected-accounts";
import { memoryPayments } from "#shared/adapters/memory/payments";
import { memoryPayoutProcessor } from "#shared/adapters/memory/payout-processor";
import { memoryStatements } from "#shared/adapters/memory/statements";
import { aPayout } from "../../support/money-builders.ts";
import { type StatementsUnderTest, statementsSuite } from "../suites/statements.ts";

async function inMemory(): Promise<StatementsUnderTest> {
  const payments = memoryPayments();
  const accounts = memoryConnectedAccounts();
  const payouts = memoryPayoutProcessor(accounts, () => Date.parse("2026-11-25T00:00:00.000Z"));
  payments.takeFees();
  payouts.fund("USD", 1_000);
  const { processorAccountId } = await accounts.open({ creatorId: "c", email: "c@example.com" });
  accounts.onboard(processorAccountId);
  const amount = { amount: 5_000, currency: "USD" } as const;
  let made = 0;
  return {
    statements: memoryStatements(() => [...payments.movements(), ...payouts.movements()]),
    async paid() {
      const depositId = `dep_${(made += 1)}`;
      const order = { depositId, userId: "u", email: "u@example.com", customerId: "cus_1", amount };
      const { paymentIntentId } = await payments.createPayment(order);
      payments.pay(paymentIntentId);
      return paymentIntentId;
    },
    async refunded(paymentIntentId) {
      const part = { ...amount, amount: 2_000 };
      const ids = { refundId: "rfd_1", depositId: "dep_1", userId: "u", paymentIntentId };
      const { id = "" } = await payments.createRefund({ ...ids, amount: part, mayBeThere: false });
      return id;
    },
    fails: (refundId) => Promise.resolve(payments.endRefund(refundId, "failed")),
    disputed: (paymentIntentId) => Promise.resolve(payments.dispute(paymentIntentId)),
    async transferred() {
      const payout = aPayout({ amount: { amount: 1_000, currency: "USD" }, processorAccountId });
      await payouts.carryOut({ step: "transfer", payout, mayBegin: true });
      return payouts.transfers()[0]?.id ?? "";
    },
    takenBack: (transferId, amountMinor) => Promise.resolve(payouts.takeBack(transferId, amountMinor)),
    toppedUp: () => Promise.resolve(void payments.moveHouse({ type: "topup", amountMinor: 20_000 })),
    stop: () => Promise.resolve(),
  };
}

statementsSuite("memory", inMemory);
