import openapi from "../../docs/openapi.json" with { type: "json" };
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { getOpenApi } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getOpenApi, { table: dynamoTable }, () => Promise.resolve(openapi));
