/** Sales that creators miss, and what brands say to it. */
import { credits } from "#shared/domain/conversions/touch";
import { Inquiry } from "#shared/domain/inquiries/inquiry";
import { plusHours } from "#shared/domain/kernel/time";
import type { Area, Invariant, Move } from "../area.ts";
import { isDone } from "../client.ts";
import { campaignOf, conversionsIn, money, orderOf, recordedIn } from "../orders.ts";

const asking: Move = {
  name: "miss a sale",
  role: "creator",
  weight: 2,
  async act(me, chance) {
    const path = await campaignOf(me, chance);
    if (path === undefined) return false;
    await me.act("openInquiry", { path, body: { orderId: orderOf(chance) } });
    return true;
  },
};

/** Looks for the order: one that has a conversion by now is credited, if it can be. */
const answering: Move = {
  name: "answer a creator who misses a sale",
  role: "brand",
  weight: 5,
  async act(me, chance, world) {
    const path = await campaignOf(me, chance);
    if (path === undefined) return false;
    const inquiry = chance.oneOf(await me.list("listInquiries", { path, query: { status: "open" } }));
    if (inquiry === undefined) return false;
    const { id: inquiryId, orderId, creatorId } = inquiry as Readonly<Record<string, string>>;
    const link = (await me.list("listLinks", { path })).find((one) => one.creatorId === creatorId);
    const body = link && { orderId, value: money(1_000), code: link.code as string };
    const order = body && chance.happens(0.5) ? await me.act("recordConversion", { body }) : undefined;
    if (isDone(order)) recordedIn(world).push({ userId: me.person.userId, conversionId: order.body["id"] as string });
    const answer = isDone(order)
      ? { outcome: "credited", conversionId: order.body["id"] as string }
      : { outcome: "declined", reason: "no_such_order", note: "Not in our shop" };
    await me.act("answerInquiry", { path: { inquiryId: String(inquiryId) }, body: answer });
    return true;
  },
};

const invariants: readonly Invariant[] = [
  {
    says: "an inquiry is credited by what credits somebody else, or nobody was reminded of it",
    broken(world) {
      const conversions = new Map(conversionsIn(world).map((one) => [one.id, one]));
      const remindedBy = plusHours(world.running.now(), -3);
      return world
        .items("inquiry")
        .map((item) => Inquiry.parse(item))
        .filter(({ status, answer, creatorId, orderId, dueAt, remindedAt }) => {
          if (status === "open") return dueAt < remindedBy && remindedAt === null;
          const conversion = conversions.get(answer?.conversionId ?? "");
          const isTheirs = conversion?.orderId === orderId && credits(conversion.touches, creatorId);
          return status === "credited" && !isTheirs;
        })
        .map(({ id, status }) => `${id} is ${status}`);
    },
  },
];

export const area: Area = { moves: [asking, answering], invariants };
