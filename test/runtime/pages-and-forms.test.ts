import { beforeEach, expect, test } from "@jest/globals";
import * as z from "zod";
import { memory } from "#shared/adapters/memory/index";
import { http } from "#shared/contracts/contract";
import { changed, created } from "#shared/domain/change";
import type { MailSuppression } from "#shared/domain/notifications/mail/suppression";
import { implement } from "#shared/runtime/implement";
import { gatewayEvent, lambdaContext } from "../support/gateway.ts";
import { bearer, keyed, resetSample, sample, send } from "../support/sample-api.ts";

beforeEach(resetSample);

test("a page for people is text under a policy of its own, kept by nobody; a form that is sent to it is taken", async () => {
  const page = http({
    route: "POST /v1/pages",
    roles: "public",
    rawBody: true,
    replyType: "text/html",
    reply: z.string(),
    refuses: [],
    uses: [],
    summary: "s",
    ifItFails: "f",
  });
  const handler = implement(page, {}, () => Promise.resolve("<p>So</p>"));
  const reply = await send(handler, page.route, {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    raw: "List-Unsubscribe=One-Click",
  });
  expect(reply).toMatchObject({
    status: 200,
    text: "<p>So</p>",
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": expect.stringContaining("form-action 'self'"),
    },
  });
});

test("what commits in pages answers when all of it is done, and the same again under its key", async () => {
  const inPages = http({
    route: "POST /v1/pages",
    roles: ["brand"],
    inPages: true,
    reply: z.object({ pages: z.int() }),
    refuses: [],
    uses: ["mailSuppressions:write"],
    summary: "s",
    ifItFails: "f",
  });
  let runs = 0;
  const handler = implement(inPages, memory(sample.table), async ({ now }, { commit }) => {
    runs += 1;
    const first = created("mailSuppression", { id: "x", reason: "bounce", createdAt: now });
    await commit({ entities: [first] });
    const next: MailSuppression = { ...first.next, reason: "complaint" };
    await commit({ entities: [changed("mailSuppression", first.next, next)] });
    return { pages: 2 };
  });
  const first = await send(handler, inPages.route, { headers: keyed("k") });
  expect(first).toMatchObject({ status: 200, body: { pages: 2 } });
  const again = await send(handler, inPages.route, { headers: keyed("k") });
  expect(again).toMatchObject({ status: 200, body: { pages: 2 }, headers: { "Idempotency-Replayed": "true" } });
  expect(runs).toBe(1);
});

test.each([
  ["image/png", z.instanceof(Uint8Array), Uint8Array.of(0x89, 0x00, 0xff), { body: "iQD/", isBase64Encoded: true }],
  ["image/svg+xml", z.string(), "<svg/>", { body: "<svg/>" }],
] as const)("%s goes out as it is, for its reader to keep", async (replyType, reply, image, sent) => {
  const drawing = http({
    route: "GET /v1/images",
    roles: ["brand"],
    replyType,
    reply: reply as z.ZodType,
    refuses: [],
    uses: [],
    summary: "s",
    ifItFails: "f",
  });
  const handler = implement(drawing, memory(sample.table), () => Promise.resolve(image));
  const answer = await handler(gatewayEvent(drawing.route, { headers: bearer() }), lambdaContext());
  expect(answer).toEqual({
    statusCode: 200,
    ...sent,
    headers: expect.objectContaining({
      "Content-Type": replyType,
      "Cache-Control": "private, max-age=31536000, immutable",
      "X-Content-Type-Options": "nosniff",
    }),
  });
});
