import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listMyInvitations } from "#shared/contracts/invitations";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listMyInvitations,
  dynamodb,
  ({ actor, query: { status }, now, page }, { invitations }) =>
    invitations.ofCreator(actor.userId, { now, statuses: status && [status] }, page),
);
