import { repositoriesOn } from "#shared/table/repositories/index";
import * as ownAdapters from "./by-noun.ts";
import { dynamoTable } from "./table.ts";

/** Everything that the table gives, on DynamoDB. An action names this record, and gets of it what it `uses`. */
export const dynamodb = { ...repositoriesOn(dynamoTable), ...ownAdapters };
