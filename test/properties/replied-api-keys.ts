/** What commands about API keys reply, and what the table then holds. */
import { handler as createApiKey } from "#lambdas/api-keys/create-api-key";
import { handler as revokeApiKey } from "#lambdas/api-keys/revoke-api-key";
import { BRAND_ID } from "../support/builders.ts";
import { brand, type TestStage } from "../support/stage.ts";
import { type Case, nothing, repeated } from "./replied.ts";

const made = (stage: TestStage) =>
  stage.run(createApiKey, { actor: brand(BRAND_ID), body: { name: "shop", scopes: ["conversions:write"] } });

export const apiKeyCases: Readonly<Record<string, Case>> = {
  createApiKey: async (stage, earlier) => {
    await repeated(stage, earlier, () => made(stage));
    const reply = await made(stage);
    const held = await stage.ports.apiKeys.find(reply.id);
    // The secret is in the reply alone.
    return { reply, held: held && { ...held, secret: reply.secret } };
  },
  revokeApiKey: async (stage, earlier) => {
    await repeated(stage, earlier, () => made(stage));
    const { id: keyId } = await made(stage);
    const reply = await stage.run(revokeApiKey, { actor: brand(BRAND_ID), path: { keyId } });
    return { reply, held: (await stage.ports.apiKeys.find(keyId)) === undefined ? nothing : "still there" };
  },
};
