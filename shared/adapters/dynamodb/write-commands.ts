import { OwnError } from "#shared/domain/kernel/own-error";
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Operation, Write } from "#shared/table/engine";
import { conditionExpression, Placeholders, updateExpression } from "./expressions.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

export const transactCommand = (tableName: string, operations: readonly Operation[], token: string) =>
  new TransactWriteCommand({
    TransactItems: operations.map((operation) => transactItem(tableName, operation)),
    ClientRequestToken: token,
  });

/** One operation as the request of its own that it is without a transaction. */
export function writeCommand(tableName: string, operation: Write): PutCommand | UpdateCommand | DeleteCommand {
  const { Put, Update, Delete } = transactItem(tableName, operation);
  if (Put) return new PutCommand(Put);
  if (Update) return new UpdateCommand(Update);
  if (Delete) return new DeleteCommand(Delete);
  throw new OwnError(`a ${operation.kind} is no request of its own`);
}

function transactItem(TableName: string, operation: Operation): TransactItem {
  const placeholders = new Placeholders();
  const condition = conditionExpression(operation.when, placeholders);
  const conditional = condition === undefined ? {} : { ConditionExpression: condition };
  if (operation.kind === "put") {
    return { Put: { TableName, Item: { ...operation.item }, ...conditional, ...placeholders.attributes() } };
  }
  const target = { TableName, Key: { ...operation.key }, ...conditional };
  if (operation.kind === "remove") return { Delete: { ...target, ...placeholders.attributes() } };
  if (operation.kind === "check") {
    if (condition === undefined) throw new OwnError("a check without a condition");
    return { ConditionCheck: { ...target, ConditionExpression: condition, ...placeholders.attributes() } };
  }
  const UpdateExpression = updateExpression(operation.add, operation.set ?? {}, placeholders);
  return { Update: { ...target, UpdateExpression, ...placeholders.attributes() } };
}
