import type { ServerResponse } from "node:http";
import { expect, test } from "@jest/globals";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { ConditionsFailed, type Write } from "#shared/table/engine";
import { awsEndpoint, reply } from "../../support/aws-endpoint.ts";
import { useEngine } from "../../support/engine-table.ts";

const says = (name: string) => (response: ServerResponse) =>
  reply(response, 400, { __type: `com.amazonaws.dynamodb.v20120810#${name}` });
const yes = (response: ServerResponse) => reply(response, 200, {});
const lost = (response: ServerResponse) => void response.destroy();

const claim: Write = { kind: "put", item: { pk: "a", sk: "a", by: "me" }, when: { absent: true } };

test("one item is written as it is, asked for again until that is decided, and never as a transaction", async () => {
  const answers: ((response: ServerResponse) => void)[] = [];
  const { seen, port } = await awsEndpoint((_, response) => (answers.shift() ?? says("ValidationException"))(response));
  useEngine(`http://127.0.0.1:${port}`);
  const table = dynamoTable({ TABLE_NAME: "t" });
  const outcome = (operation: Write, ...given: typeof answers) => {
    answers.push(...given);
    return table.write(operation).then(
      () => "written",
      (error: Error) => (error instanceof ConditionsFailed ? error.failed : error.name),
    );
  };
  expect(await outcome(claim, yes)).toBe("written");
  expect(await outcome(claim, says("ConditionalCheckFailedException"))).toEqual([0]);
  expect(await outcome(claim, says("TransactionConflictException"), yes)).toBe("written");
  // The first reply was lost after the write, which the second then meets.
  expect(await outcome(claim, lost, says("ConditionalCheckFailedException"))).toEqual([0]);
  expect(await outcome(claim)).toBe("ValidationException");
  expect(await outcome({ kind: "remove", key: { pk: "a", sk: "a" }, when: {} }, yes)).toBe("written");
  const versioned = { add: { version: 1 }, when: { equals: { version: 1 } } };
  expect(await outcome({ kind: "add", key: { pk: "a", sk: "a" }, ...versioned }, yes)).toBe("written");
  const actions = seen.map(({ target }) => target.split(".")[1]);
  expect(actions).toEqual([...Array<string>(7).fill("PutItem"), "DeleteItem", "UpdateItem"]);
  expect(seen[0]?.body).toEqual({
    TableName: "t",
    Item: { pk: { S: "a" }, sk: { S: "a" }, by: { S: "me" } },
    ConditionExpression: "attribute_not_exists(#1)",
    ExpressionAttributeNames: { "#1": "pk" },
  });
});
