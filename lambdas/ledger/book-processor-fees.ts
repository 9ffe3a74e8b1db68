import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { bookProcessorFees } from "#shared/contracts/ledger";
import { keysOfMovement } from "#shared/domain/ledger/house-movement";
import { bookProcessorFee, daysWithFees, feesToBook, feeSums } from "#shared/domain/ledger/processor-fees";
import { feeTypes } from "#shared/domain/processor/movement-kinds";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const idOf = ({ id }: ProcessorMovement): string => id;

export const handler = implementJob(
  bookProcessorFees,
  { ...dynamodb, statements: stripeStatements, processorFeeRules: configuredFeeRules },
  async (invocation, { statements, processorFeeRules: { bounds }, journal, commit }, each) => {
    const movements: ProcessorMovement[] = [];
    await each(feeTypes, String, async (type) => {
      movements.push(...(await statements.movementsOfType(type, ...daysWithFees(invocation.now))));
      return undefined;
    });
    const booked = await journal.some(movements.flatMap(({ id }) => keysOfMovement(id)));
    const { due, held } = feesToBook({ movements, booked }, bounds);

    for (const { id, currency, amountMinor, feeMinor } of held)
      log("processor_fee.held", { balanceTransactionId: id, currency, amountMinor, feeMinor });
    const done: ProcessorMovement[] = [];
    await each(due, idOf, async (fee) => {
      const change = bookProcessorFee(fee, await journal.some(keysOfMovement(fee.id)), invocation);
      if (change === undefined) return undefined;
      await commit(change);
      done.push(fee);
      return "booked";
    });
    for (const sum of feeSums(done)) log("processor_fees.booked", sum);
  },
);
