import openapi from "../../docs/openapi.json" with { type: "json" };
import { getOpenApi } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getOpenApi, {}, () => Promise.resolve(openapi));
