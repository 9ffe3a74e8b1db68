import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { runPayouts } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { dailyRunId } from "#shared/domain/payouts/start-run";
import { whereNextBegins } from "#shared/domain/payouts/where-to-begin";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  runPayouts,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  async (invocation, ports, each) => {
    const runId = dailyRunId(invocation.now);
    const creators = ports.earnings.payableCreators(await whereNextBegins(ports.jobs));
    await each(creators, String, (creatorId) => payOut({ runId, creatorId }, ports, invocation));
  },
);
