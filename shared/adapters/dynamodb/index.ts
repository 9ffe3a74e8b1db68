import { repositoriesOn } from "#shared/table/repositories/index";
import { dynamoTable } from "./table.ts";
import { dynamoTrackingPages } from "./tracking-pages.ts";

/** Everything that the table gives, on DynamoDB. An action names this record, and gets of it what it `uses`. */
export const dynamodb = { ...repositoriesOn(dynamoTable), tracking: dynamoTrackingPages };
