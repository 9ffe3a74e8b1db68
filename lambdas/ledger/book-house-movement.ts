import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { bookHouseMovement } from "#shared/contracts/ledger";
import { bookHouseMovement as book, keysOfMovement } from "#shared/domain/ledger/house-movement";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  bookHouseMovement,
  { ...dynamodb, statements: stripeStatements },
  async (call, { statements, journal, commit }) => {
    const { balanceTransactionId, reason } = call.body;
    const movement = await statements.movement(balanceTransactionId);
    const booked = await journal.some(keysOfMovement(balanceTransactionId));

    const { change, entry } = book({ movement, booked }, reason, call);

    return commit(change, entry);
  },
);
