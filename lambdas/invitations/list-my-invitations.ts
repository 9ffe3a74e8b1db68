import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedInvitations } from "#shared/table/repositories/invitations";
import { listMyInvitations } from "#shared/contracts/invitations";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listMyInvitations,
  { table: dynamoTable, invitations: storedInvitations },
  ({ actor, query: { status }, page }, { invitations }) =>
    invitations.ofCreator(actor.userId, { statuses: status && [status] }, page),
);
