import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { bookHouseMovement } from "#shared/contracts/ledger";
import { depositNamedIn } from "#shared/domain/deposits/follow-payment";
import { bookHouseMovement as book, keysOfMovement } from "#shared/domain/ledger/house-movement";
import { chargedIntent, keysOfPayment } from "#shared/domain/ledger/stray-payment";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  bookHouseMovement,
  { ...dynamodb, statements: stripeStatements, payments: stripePayments },
  async (call, { statements, payments, deposits, journal, commit }) => {
    const { balanceTransactionId, reason } = call.body;
    const movement = await statements.movement(balanceTransactionId);
    const intentId = chargedIntent(movement);
    const record = intentId === undefined ? undefined : await payments.recordOf(intentId);
    const named = record && depositNamedIn(record.payment);
    const deposit = intentId === undefined ? undefined : await deposits.ofPayment(intentId, named);
    const booked = await journal.some([...keysOfMovement(balanceTransactionId), ...keysOfPayment(movement)]);

    const { change, entry } = book({ movement, booked, payment: record?.payment, deposit }, reason, call);

    return commit(change, entry);
  },
);
