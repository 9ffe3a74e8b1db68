/** A brand with money in its wallet, and its refunds. */
import { handler as getRefund } from "#lambdas/refunds/get-refund";
import { handler as listRefunds } from "#lambdas/refunds/list-refunds";
import { handler as requestRefund } from "#lambdas/refunds/request-refund";
import { handler as submitRefund } from "#lambdas/refunds/submit-refund";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Ports } from "#shared/ports/catalogue";
import { untilDecided } from "#shared/runtime/until-decided";
import { brand } from "../../support/stage.ts";
import { depositing, usd } from "../deposits/depositing.ts";

export async function refunding(...amounts: readonly number[]) {
  const world = await depositing();
  const { stage } = world;
  const deposits: { readonly id: string; readonly paymentIntentId: string }[] = [];
  stage.payments.takeFees();
  for (const [at, amount] of amounts.entries()) {
    stage.clock.now = `2026-11-25T12:00:0${at}.000Z`;
    const deposit = await world.begin(usd(amount), `key-${at}`);
    stage.payments.pay(deposit.paymentIntentId);
    await world.confirm(deposit.id);
    deposits.push(deposit);
  }
  const requested = (): DeliveredEvent<"refund.requested">[] =>
    stage
      .stored("outboxEvent")
      .filter(({ type }) => type === "refund.requested")
      .map((item) => parseEvent(item) as DeliveredEvent<"refund.requested">);
  return {
    ...world,
    deposits,
    request: (amount: number, depositId?: string, actor = brand()) =>
      stage.run(requestRefund, { actor, body: { amount: usd(amount), ...(depositId !== undefined && { depositId }) } }),
    read: (refundId: string, actor = brand()) => stage.run(getRefund, { actor, path: { refundId } }),
    list: (actor = brand()) => stage.run(listRefunds, { actor }),
    /** Deliveries of every request there was. */
    async submit(instead: Partial<Ports> = {}): Promise<void> {
      for (const event of requested()) {
        const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
        const ports = { ...stage.granted(submitRefund.contract.uses, occasion), ...instead };
        await untilDecided(() => submitRefund.run(occasion, event, ports));
      }
    },
    figures: async () => {
      const wallet = await stage.ports.wallets.get(brand().userId);
      return [wallet?.available, wallet?.inFlight, wallet?.disputesReceivable];
    },
  };
}
export type Refunding = Awaited<ReturnType<typeof refunding>>;
