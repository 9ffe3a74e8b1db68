import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Payments } from "#shared/ports/payments";

/** What the suite needs of a processor besides the port: a payer, and a webhook as it would be sent. */
export interface PaymentsUnderTest {
  readonly payments: Payments;
  pay(paymentIntentId: string): Promise<void>;
  cancel(paymentIntentId: string): Promise<void>;
  deleteCustomer(customerId: string): Promise<void>;
  webhook(paymentIntentId: string): Promise<{ readonly rawBody: string; readonly signature: string }>;
}

/** What every payment processor's adapter promises. */
export function paymentsSuite(name: string, make: () => Promise<PaymentsUnderTest>): void {
  describe(`payments on ${name}`, () => {
    const begun = async ({ payments }: PaymentsUnderTest) => {
      const userId = randomUUID();
      const email = "a@example.com";
      const { customerId } = await payments.createCustomer({ userId, email });
      const depositId = `dep_${randomUUID()}`;
      const order = { depositId, userId, email, customerId, amount: { amount: 1_234, currency: "EUR" } } as const;
      return { order, payment: await payments.createPayment(order) };
    };

    test("a person has one customer, however often it is asked for", async () => {
      const { payments } = await make();
      const person = { userId: randomUUID(), email: "b@example.com" };
      const first = await payments.createCustomer(person);
      const again = await Promise.all(Array.from({ length: 5 }, () => payments.createCustomer(person)));
      expect(new Set([first, ...again].map(({ customerId }) => customerId)).size).toBe(1);
      const other = await payments.createCustomer({ ...person, userId: randomUUID() });
      expect(other.customerId).not.toBe(first.customerId);
    });

    test("a deposit has one payment, and it says whose it is", async () => {
      const under = await make();
      const { order, payment } = await begun(under);
      expect(payment).toMatchObject({
        status: "pending",
        amount: order.amount,
        received: { amount: 0, currency: "EUR" },
        customerId: order.customerId,
        metadata: { depositId: order.depositId, userId: order.userId },
      });
      expect(payment.clientSecret).not.toBe("");
      expect((await under.payments.createPayment(order)).paymentIntentId).toBe(payment.paymentIntentId);
    });

    test("a customer who is gone gives way to another, one for all that is paid from then on", async () => {
      const under = await make();
      const { order, payment } = await begun(under);
      await under.deleteCustomer(order.customerId);
      const wanted = ["1", "2", "2"].map((name) => ({ ...order, depositId: `${order.depositId}${name}` }));
      const made = await Promise.all(wanted.map((one) => under.payments.createPayment(one)));
      const [another, ...others] = new Set(made.map(({ customerId }) => customerId));
      expect([others, another === payment.customerId]).toEqual([[], false]);
      expect(new Set(made.map(({ paymentIntentId }) => paymentIntentId)).size).toBe(2);
      const later = { ...order, depositId: `${order.depositId}3`, customerId: another ?? "" };
      expect(await under.payments.createPayment(later)).toMatchObject({ customerId: another });
      // That one may go as well.
      await under.deleteCustomer(another ?? "");
      const last = await under.payments.createPayment({ ...later, depositId: `${order.depositId}4` });
      expect([payment.customerId, another]).not.toContain(last.customerId);
    });

    test("a cancelled payment stays cancelled, and holds nothing", async () => {
      const under = await make();
      const { payment } = await begun(under);
      await under.cancel(payment.paymentIntentId);
      expect(await under.payments.retrievePayment(payment.paymentIntentId)).toMatchObject({
        status: "canceled",
        received: { amount: 0, currency: "EUR" },
      });
    });

    test("a payment is what was really received, and the balance holds it", async () => {
      const under = await make();
      const { payment } = await begun(under);
      const held = async () => (await under.payments.balance()).find(({ currency }) => currency === "EUR")?.amount ?? 0;
      const before = await held();
      await under.pay(payment.paymentIntentId);
      expect(await under.payments.retrievePayment(payment.paymentIntentId)).toMatchObject({
        status: "succeeded",
        received: { amount: 1_234, currency: "EUR" },
      });
      expect(await held()).toBe(before + 1_234);
      const paid = await under.payments.retrievePayment(payment.paymentIntentId);
      expect(paid.transaction).toMatchObject({ amountMinor: 1_234, feeMinor: 0, currency: "EUR" });
    });

    test("a refund is made once for each order, and is in the payment's record", async () => {
      const under = await make();
      const { order, payment } = await begun(under);
      const { paymentIntentId } = payment;
      await under.pay(paymentIntentId);
      const { depositId, userId } = order;
      const wanted = {
        refundId: `rfd_${randomUUID()}`,
        depositId,
        userId,
        paymentIntentId,
        amount: { amount: 1_000, currency: "EUR" },
        mayBeThere: false,
      } as const;
      const made = await under.payments.createRefund(wanted);
      expect(made).toMatchObject({
        status: "succeeded",
        amount: wanted.amount,
        metadata: { refundId: wanted.refundId, depositId, userId },
        transaction: { amountMinor: -1_000, feeMinor: 0, currency: "EUR" },
      });
      const again = await Promise.all(
        [false, true, false].map((mayBeThere) => under.payments.createRefund({ ...wanted, mayBeThere })),
      );
      expect(new Set([made, ...again].map(({ id }) => id)).size).toBe(1);
      const record = await under.payments.recordOf(paymentIntentId);
      expect(record).toMatchObject({
        payment: { paymentIntentId, status: "succeeded", metadata: { depositId } },
        refunds: [{ id: made.id, status: "succeeded", transaction: { amountMinor: -1_000 } }],
        disputes: [],
      });
      const tooMuch = { ...wanted, refundId: `rfd_${randomUUID()}` };
      expect(await under.payments.createRefund(tooMuch)).toMatchObject({
        status: "failed",
        failure: "amount_too_large",
      });
    });

    test("a payment that the processor does not know has no record", async () => {
      const { payments } = await make();
      expect(await payments.recordOf("pi_unknown")).toBeUndefined();
    });

    test("a webhook is believed only with its own signature over its own bytes", async () => {
      const under = await make();
      const { payment } = await begun(under);
      await under.pay(payment.paymentIntentId);
      const { rawBody, signature } = await under.webhook(payment.paymentIntentId);
      expect(await under.payments.verifyWebhook(rawBody, signature)).toMatchObject({
        type: "payment_intent.succeeded",
        objectId: payment.paymentIntentId,
        paymentIntentId: payment.paymentIntentId,
        connectedAccountId: null,
      });
      for (const forged of [undefined, "", "t=1,v1=00", `${signature}0`])
        expect(await under.payments.verifyWebhook(rawBody, forged)).toBeUndefined();
    });
  });
}
