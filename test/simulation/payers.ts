/** How payments are asked for, and what payers' banks do: they take refunds or send them back, and dispute what was paid. */
import type { RefundOrder } from "#shared/domain/processor/payment";
import type { EventMessage } from "#shared/domain/webhooks/intake";
import type { Payments } from "#shared/ports/payments";
import type { EventQueue } from "#shared/ports/webhooks";
import { type Chance, chanceOf } from "./chance.ts";
import { CURRENCY, HOUR_MS, type Processor } from "./processor.ts";
import type { World } from "./world.ts";

/** The processor as Lambdas ask it. What becomes of a refund is drawn when it is asked for first. */
export function paymentsPort(world: World, processor: Processor): Payments {
  const { payments } = processor;
  const asked = new Set<string>();
  return {
    ...payments,
    balance: () => Promise.resolve([{ amount: processor.held(), currency: CURRENCY }]),
    async createRefund(order) {
      const name = `${order.refundId} ${order.depositId}`;
      if (asked.has(name)) return payments.createRefund(order);
      asked.add(name);
      return refunded(processor, order, chanceOf(world.running.seed, "refund", name));
    },
  };
}

async function refunded(processor: Processor, order: RefundOrder, chance: Chance) {
  const { payments } = processor;
  const answer = chance.oneOf(["succeeded", "succeeded", "succeeded", "pending", "pending", "failed"] as const);
  payments.answerRefunds(answer ?? "succeeded");
  const refund = await payments.createRefund(order);
  const { id } = refund;
  if (id === undefined || answer === "failed") return refund;
  const ends = chance.happens(0.25) ? "failed" : "succeeded";
  // A bank may send back what it had taken.
  if (answer === "pending" || ends === "failed")
    processor.later(chance.between(0.1, 20) * HOUR_MS, () => {
      payments.endRefund(id, ends);
      processor.tell("refund.updated", id, { paymentIntentId: order.paymentIntentId });
    });
  return refund;
}

/** The queue of events, which takes some of them twice. */
export const queueOf = (world: World): EventQueue => {
  let sent = 0;
  return {
    send: (message: EventMessage) =>
      Promise.resolve(world.queue("stripe-events").send(message, `${message.eventId} ${(sent += 1)}`)),
  };
};

/** The payer's bank takes it back, or some of it; later it is decided who is right. */
export function disputed(processor: Processor, intentId: string, amount: number, chance: Chance): void {
  const { payments } = processor;
  processor.later(chance.between(1, 20) * HOUR_MS, () => {
    const disputeId = payments.dispute(intentId, chance.happens(0.7) ? amount : 1 + chance.below(amount));
    processor.tell("charge.dispute.created", disputeId, { paymentIntentId: intentId });
    processor.later(chance.between(1, 30) * HOUR_MS, () => {
      payments.closeDispute(disputeId, chance.happens(0.5) ? "won" : "lost");
      processor.tell("charge.dispute.closed", disputeId, { paymentIntentId: intentId });
    });
  });
}

/** Somebody of the house refunds some of it in the processor's dashboard, or all; a bank may send that back. */
export function refundedByHand(processor: Processor, intentId: string, amount: number, chance: Chance): void {
  const { payments } = processor;
  processor.later(chance.between(1, 60) * HOUR_MS, () => {
    const isPending = chance.happens(0.2);
    payments.answerRefunds(isPending ? "pending" : "succeeded");
    const refundId = payments.refundByHand(intentId, chance.happens(0.3) ? amount : 1 + chance.below(amount));
    // The payment may not hold as much any more.
    if (refundId === "") return;
    processor.tell("refund.created", refundId, { paymentIntentId: intentId });
    const ends = chance.happens(0.2) ? "failed" : "succeeded";
    if (isPending || ends === "failed")
      processor.later(chance.between(0.1, 20) * HOUR_MS, () => {
        payments.endRefund(refundId, ends);
        processor.tell(`refund.${ends === "failed" ? ends : "updated"}`, refundId, { paymentIntentId: intentId });
      });
  });
}
