/** Two actions with the whole runtime around them, on a table in memory, called as the gateway calls them. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import * as z from "zod";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable, type MemoryTable } from "#shared/adapters/memory/table";
import { http, list, type Route } from "#shared/contracts/contract";
import { changed } from "#shared/domain/change";
import { idOf } from "#shared/domain/kernel/ids";
import { found, refuse } from "#shared/domain/kernel/refusal";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { implement } from "#shared/runtime/implement";
import { sink } from "#shared/runtime/log";
import { aCampaign, anAccount, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "./builders.ts";
import { gatewayEvent, type Headers, lambdaContext, type Sent } from "./gateway.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "./tokens.ts";
import { noteRefused } from "./refused.ts";

export type { Headers, Sent } from "./gateway.ts";
export const issuer = tokenIssuer();
export const other = "00000000-0000-4000-8000-0000000000ff";
Object.assign(process.env, { TABLE_NAME: "t", USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });

/** What a test looks at: the table, how often the action ran, what was logged. */
export const sample: { table: MemoryTable; runs: number; readonly lines: string[] } = {
  table: memoryTable(),
  runs: 0,
  lines: [],
};
sink.write = (line) => void sample.lines.push(line);

const path = z.strictObject({ campaignId: idOf("campaign") });
export const renameBody = z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) });
export const renameReply = z.object({ name: z.string(), version: z.int() });
export const rename = http({
  route: "POST /v1/campaigns/{campaignId}/name",
  roles: ["brand"],
  path,
  body: renameBody,
  reply: renameReply,
  status: 201,
  refuses: [campaignRefusals.notFound],
  idempotency: "required",
  uses: ["campaigns:read", "campaigns:write"],
  summary: "s",
  ifItFails: "f",
});
export const optional = http({
  ...rename,
  route: "POST /v1/campaigns/{campaignId}/optional-name",
  idempotency: undefined as never,
});
export const listing = list({
  route: "GET /v1/things",
  roles: ["brand", "creator"],
  query: z.strictObject({ status: z.enum(["draft", "active"]).optional() }),
  reply: z.object({ id: z.string() }),
  refuses: [],
  uses: ["campaigns:list"],
  summary: "s",
  ifItFails: "f",
});

export function makeRename(contract: typeof rename) {
  return implement(
    contract,
    memory(sample.table),
    async ({ path: { campaignId }, body, actor }, { campaigns, commit }) => {
      sample.runs += 1;
      const campaign = found(await campaigns.get(campaignId), campaignRefusals.notFound);
      if (campaign.brandId !== actor.userId) throw refuse(campaignRefusals.notFound);
      if (body.name === "defect") throw new Error("secret of the house");
      const renamed = changed("campaign", campaign, { ...campaign, name: body.name });
      return commit({ entities: [renamed] }, renamed.next);
    },
  );
}
export const makeListing = () =>
  implement(listing, memory(sample.table), ({ actor, query, page }, { campaigns }) =>
    campaigns.ofPerson(actor.userId, ["brand"], query, page),
  );

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<{ statusCode?: number; headers?: object; body?: string }>;
export async function send(handler: unknown, route: Route, sent: Sent = {}) {
  const reply = await (handler as Handler)(gatewayEvent(route, sent), lambdaContext());
  const isPage = (reply.headers as Headers)["Content-Type"]?.startsWith("text/html") ?? false;
  const body = (isPage ? {} : JSON.parse(reply.body ?? "null")) as Record<string, unknown>;
  if ((reply.statusCode ?? 0) >= 400) noteRefused(undefined, body["code"]);
  return { status: reply.statusCode, headers: reply.headers as Headers, body, text: reply.body };
}
export const bearer = (token = issuer.sign(BRAND_ID, ["brand"])): Headers => ({ authorization: `Bearer ${token}` });
export const keyed = (key: string): Headers => ({ ...bearer(), "Idempotency-Key": key });
export const put = (item: object, key: object) =>
  sample.table.transact([{ kind: "put", item: { ...item, ...key } as never, when: { any: true } }]);

/** A fresh table with a brand, a creator and a draft. */
export async function resetSample(): Promise<void> {
  sample.table = memoryTable();
  sample.runs = 0;
  sample.lines.length = 0;
  await put({ jwks: issuer.jwks }, itemKey(items.signingKeys, {}));
  await put(anAccount(), itemKey(items.account, { id: BRAND_ID }));
  await put(anAccount({ id: CREATOR_ID, roles: ["creator"] }), itemKey(items.account, { id: CREATOR_ID }));
  await put(aCampaign(), itemKey(items.campaign, { id: CAMPAIGN_ID }));
}
