import * as z from "zod";
import { ApiKey, NewApiKey } from "#shared/domain/api-keys/api-key";
import { apiKeyRefusals } from "#shared/domain/api-keys/refusals";
import { idOf } from "#shared/domain/kernel/ids";
import { Instant } from "#shared/domain/kernel/time";
import { http, list } from "./contract.ts";

const ApiKeyView = ApiKey.omit({ brandId: true, digest: true })
  .extend({ lastUsedAt: Instant.nullable().meta({ description: "Right to the hour" }) })
  .meta({ id: "ApiKey" });

export const createApiKey = http({
  route: "POST /v1/api-keys",
  roles: ["brand"],
  body: NewApiKey,
  reply: ApiKeyView.extend({ secret: z.string().meta({ description: "Shown this once" }) }).meta({ id: "NewApiKey" }),
  status: 201,
  sealsReply: true,
  refuses: [],
  uses: ["apiKeys:write", "apiSecrets:make"],
  summary: "Make an API key; its secret is shown once",
  ifItFails: "brands cannot connect their shops",
});

export const listApiKeys = list({
  route: "GET /v1/api-keys",
  roles: ["brand"],
  reply: ApiKeyView,
  refuses: [],
  uses: ["apiKeys:list"],
  summary: "List one's own API keys",
  ifItFails: "brands do not see which keys they have out",
});

export const revokeApiKey = http({
  route: "DELETE /v1/api-keys/{keyId}",
  roles: ["brand"],
  path: z.strictObject({ keyId: idOf("key") }),
  reply: z.undefined(),
  status: 204,
  ifMatch: "apiKey",
  refuses: [apiKeyRefusals.notFound],
  uses: ["apiKeys:read", "apiKeys:remove"],
  summary: "Revoke an API key, at once",
  ifItFails: "a key that got into wrong hands stays good",
});
