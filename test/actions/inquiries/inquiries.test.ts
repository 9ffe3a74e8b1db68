/** A sale that a creator misses, from the question to the answer. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as remindOfInquiries } from "#lambdas/inquiries/remind-of-inquiries";
import { aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const DUE = "2026-12-09T12:00:00.000Z";
const path = { campaignId: CAMPAIGN_ID };
let s: Shop;
beforeEach(async () => {
  s = await shop();
});
const opened = (parts: object = {}, as: "own" | "other" | "creator" = "creator") =>
  s[as]("openInquiry", { path, body: { orderId: "order-1", ...parts } });
const answered = (id: unknown, body: object, as: "own" | "other" = "own") =>
  s[as]("answerInquiry", { path: { inquiryId: String(id) }, body });
const read = async (id: unknown, as: "own" | "other" | "creator" = "creator") =>
  s[as]("getInquiry", { path: { inquiryId: String(id) } });
const declined = { outcome: "declined", reason: "no_such_order", note: "Not in our shop" };
type Reply = Awaited<ReturnType<typeof opened>>;
const codeOf = ({ status, body }: Reply) => [status, body["code"]];
const told = (type: string) => s.stored("outboxEvent").filter((event) => event["type"] === type);

describe("an inquiry", () => {
  test("is open until the brand answers, and both read it", async () => {
    const { status, body } = await opened({ note: " I saw it ", occurredAt: "2026-11-20T10:00:00Z" });
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^inq_/),
        campaignId: CAMPAIGN_ID,
        brandId: BRAND_ID,
        creatorId: CREATOR_ID,
        orderId: "order-1",
        occurredAt: "2026-11-20T10:00:00.000Z",
        note: "I saw it",
        status: "open",
        dueAt: DUE,
        answer: null,
        overdue: false,
        version: 1,
        createdAt: NOW,
        updatedAt: NOW,
      },
    ]);
    for (const as of ["own", "creator"] as const) expect((await read(body["id"], as)).body).toEqual(body);
    expect(codeOf(await read(body["id"], "other"))).toEqual([404, "inquiry.not_found"]);
    expect(told("inquiry.opened")).toMatchObject([{ detail: { brandId: BRAND_ID, orderId: "order-1", dueAt: DUE } }]);
  });

  test("is asked once for each order and creator, answered or not", async () => {
    const { body } = await opened();
    expect(codeOf(await opened())).toEqual([409, "inquiry.exists"]);
    await answered(body["id"], declined);
    expect(codeOf(await opened({ note: "Again" }))).toEqual([409, "inquiry.exists"]);
    expect((await opened({ orderId: "order-2" })).status).toBe(201);
  });

  test("is for who took part as well: their links led on, about orders of their time, and in their list", async () => {
    const joinedAt = "2026-11-10T00:00:00.000Z";
    await s.given("participant", aParticipant({ status: "inactive", version: 2, joinedAt }));
    const reply = await opened({ occurredAt: "2026-11-20T10:00:00Z" });
    expect(reply.status).toBe(201);
    expect((await s.creator("listInquiries", { path })).body["data"]).toMatchObject([{ id: reply.body["id"] }]);
    const early = { orderId: "order-2", occurredAt: "2026-11-03T00:00:00Z" };
    const refused = await opened(early);
    expect([...codeOf(refused), refused.body["detail"]]).toEqual([
      422,
      "conversion.outside_window",
      `It happened before you joined at ${joinedAt}`,
    ]);
    const before = { id: aParticipant().id, budgetAllocated: usd(1), units: {} };
    const earlier = [{ ...before, joinedAt: "2026-11-02T00:00:00.000Z", leftAt: "2026-11-04T00:00:00.000Z" }];
    await s.given("participant", aParticipant({ status: "inactive", version: 3, joinedAt, earlier }));
    expect((await opened(early)).status).toBe(201);
  });

  test("is for who takes part, about what happened, and not about what is credited to them", async () => {
    await s.ordered();
    expect(codeOf(await opened())).toEqual([409, "inquiry.already_credited"]);
    expect(codeOf(await opened({ orderId: "x", occurredAt: "2026-11-26T00:00:00Z" }))).toEqual([
      422,
      "conversion.outside_window",
    ]);
    const elsewhere = { path: { campaignId: `cmp_${"7".repeat(26)}` }, body: { orderId: "x" } };
    expect(codeOf(await s.creator("openInquiry", elsewhere))).toEqual([404, "campaign.not_found"]);
  });

  test("may be about an order that is credited to somebody else", async () => {
    await s.ordered({ code: OTHER_CODE });
    expect((await opened()).status).toBe(201);
  });

  test("is one of twenty a day at most: each is a mail to the brand", async () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => opened({ orderId: `many-${from + at}` }));
    s.clock.now = "2026-11-25T12:00:00.000Z";
    expect((await opened({ orderId: "first" })).status).toBe(201);
    s.clock.now = "2026-11-25T18:00:00.000Z";
    expect((await Promise.all(many(0, 19))).map(({ status }) => status)).toEqual(Array(19).fill(201));
    s.clock.now = "2026-11-26T11:59:58.500Z";
    const refused = await opened({ orderId: "one-more" });
    expect([...codeOf(refused), refused.headers["Retry-After"]]).toEqual([409, "inquiry.too_many", "2"]);
    expect(told("inquiry.opened")).toHaveLength(20);
    s.clock.now = "2026-11-26T12:00:00.000Z";
    expect((await opened({ orderId: "one-more" })).status).toBe(201);
    expect(codeOf(await opened({ orderId: "two-more" }))).toEqual([409, "inquiry.too_many"]);
  });

  test("is in the lists of the brand and of the creator, by its status", async () => {
    const { body } = await opened();
    await opened({ orderId: "order-2" });
    await answered(body["id"], declined);
    const listed = async (as: "own" | "creator", query: Record<string, string> = {}) =>
      ((await s[as]("listInquiries", { path, query })).body["data"] as { orderId: string }[]).map(
        ({ orderId }) => orderId,
      );
    expect((await listed("own")).sort()).toEqual(["order-1", "order-2"]);
    expect(await listed("creator", { status: "open" })).toEqual(["order-2"]);
    expect(await listed("own", { status: "declined" })).toEqual(["order-1"]);
    expect((await s.other("listInquiries", { path })).status).toBe(404);
  });
});

describe("an answer", () => {
  test("credits by the conversion that was recorded meanwhile, and by no other", async () => {
    const { body } = await opened();
    const credited = (conversionId: unknown) => answered(body["id"], { outcome: "credited", conversionId });
    const other = await s.ordered({ orderId: "order-9" });
    expect(codeOf(await credited(other.body["id"]))).toEqual([422, "inquiry.not_credited"]);
    const order = await s.ordered();
    expect((await credited(order.body["id"])).body).toMatchObject({
      status: "credited",
      answer: { outcome: "credited", conversionId: order.body["id"], reason: null, note: null, answeredAt: NOW },
    });
    expect(told("inquiry.answered")).toMatchObject([{ detail: { creatorId: CREATOR_ID, outcome: "credited" } }]);
    expect(codeOf(await answered(body["id"], declined))).toEqual([409, "inquiry.already_answered"]);
  });

  test("credits by an order that the creator copied with blanks around it", async () => {
    const { body } = await opened({ orderId: " order-1\n" });
    expect(body["orderId"]).toBe("order-1");
    const order = await s.ordered();
    expect((await answered(body["id"], { outcome: "credited", conversionId: order.body["id"] })).status).toBe(200);
    expect(codeOf(await opened({ orderId: "order-1" }))).toEqual([409, "inquiry.exists"]);
  });

  test("does not credit by somebody else's conversion of the order", async () => {
    const { body } = await opened();
    const order = await s.ordered({ code: OTHER_CODE });
    expect(order.body["creatorId"]).toBe(OTHER_CREATOR_ID);
    const reply = await answered(body["id"], { outcome: "credited", conversionId: order.body["id"] });
    expect(codeOf(reply)).toEqual([422, "inquiry.not_credited"]);
    expect((await read(body["id"])).body["status"]).toBe("open");
  });

  test("that declines says why, of a list and in words, and is in the audit", async () => {
    const { body } = await opened();
    for (const without of [
      { reason: undefined },
      { note: undefined },
      { note: " " },
      { reason: "because" },
      { outcome: "credited" },
    ])
      expect((await answered(body["id"], { ...declined, ...without })).status).toBe(400);
    expect((await answered(body["id"], declined)).body).toMatchObject({
      status: "declined",
      answer: { reason: "no_such_order", note: "Not in our shop", conversionId: null },
    });
    const actions = s.stored("auditEntry").map(({ action, actorId }) => [action, actorId]);
    expect(actions).toEqual(
      expect.arrayContaining([
        ["inquiry.opened", CREATOR_ID],
        ["inquiry.answered", BRAND_ID],
      ]),
    );
  });

  test("is the brand's that is asked", async () => {
    const { body } = await opened();
    expect(codeOf(await answered(body["id"], declined, "other"))).toEqual([404, "inquiry.not_found"]);
  });
});

describe("an inquiry that nobody answers", () => {
  test("is shown as overdue, both sides are told once, and it can still be answered", async () => {
    const { body } = await opened();
    s.clock.now = "2026-12-09T11:59:59.999Z";
    expect((await ranJob(s, remindOfInquiries)).counts).toEqual({});
    expect((await read(body["id"])).body["overdue"]).toBe(false);
    s.clock.now = DUE;
    expect((await read(body["id"])).body["overdue"]).toBe(true);
    expect((await ranJob(s, remindOfInquiries)).counts).toEqual({ reminded: 1 });
    expect((await ranJob(s, remindOfInquiries)).counts).toEqual({});
    expect(told("inquiry.overdue")).toHaveLength(1);
    expect((await answered(body["id"], declined)).body).toMatchObject({ status: "declined", overdue: false });
  });

  test("and one that was answered are told of no more", async () => {
    const { body } = await opened();
    await answered(body["id"], declined);
    s.clock.now = DUE;
    expect((await ranJob(s, remindOfInquiries)).counts).toEqual({});
  });
});
