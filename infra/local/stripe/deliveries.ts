import { request } from "node:http";
import type { EventFaults } from "./event-faults.ts";
import type { StripeEvent } from "./events.ts";
import { signatureHeader } from "./signature.ts";
import type { Timers } from "./timers.ts";

/** How often and how patiently an event is delivered. */
export interface WebhookRetries {
  /** Attempts in all; the last failure abandons the delivery. */
  readonly attempts: number;
  /** The pause after the nth failed attempt, counted from 1. */
  readonly backoffMs: (failedAttempts: number) => number;
}

/** 12 attempts within about 10 minutes: 200 ms, doubled each time, at most 2 minutes. Stripe itself takes three days. */
export const defaultRetries: WebhookRetries = {
  attempts: 12,
  backoffMs: (failedAttempts) => Math.min(200 * 2 ** (failedAttempts - 1), 120_000),
};

/** What deliveries need of the stage. */
export interface DeliveryStage {
  readonly secret: string;
  readonly now: () => number;
  readonly retries: WebhookRetries;
  readonly timers: Timers;
  readonly log: (line: string) => void;
}

interface Delivery {
  readonly event: StripeEvent;
  readonly payload: string;
  readonly delivered: () => void;
  failedAttempts: number;
}

const parallelDeliveries = 8;
const answerWithinMs = 10_000;

/** Sends events to the webhook, at least once each, in no promised order, a bounded number at a time. */
export class Deliveries {
  /** Where events go; nowhere when undefined. Waiting retries go to the address of their moment. */
  url: string | undefined;
  /** What goes wrong with them; nothing when undefined. */
  faults: EventFaults | undefined;
  readonly counts = { delivered: 0, failedAttempts: 0, abandoned: 0 };
  readonly #stage: DeliveryStage;
  readonly #queue: Delivery[] = [];
  readonly #stopping = new AbortController();
  #running = 0;

  constructor(stage: DeliveryStage, url: string | undefined) {
    this.#stage = stage;
    this.url = url;
  }

  /** Queues an event and returns at once; `delivered` is called after the first 2xx. */
  enqueue(event: StripeEvent, delivered: () => void): void {
    const payload = JSON.stringify(event, null, 2);
    // At the earliest in the next turn of the loop, so that the reply of the causing request is written first.
    for (const delayMs of this.faults?.delaysMs(event.type) ?? [0]) {
      this.#stage.timers.after(delayMs, () => {
        this.#queue.push({ event, payload, delivered, failedAttempts: 0 });
        this.#next();
      });
    }
  }

  /** Aborts what is under way and forgets what waits. */
  stop(): void {
    this.#queue.length = 0;
    this.#stopping.abort();
  }

  #next(): void {
    while (this.#running < parallelDeliveries && !this.#stopping.signal.aborted) {
      const delivery = this.#queue.shift();
      if (!delivery) return;
      this.#running += 1;
      void this.#attempt(delivery).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const outcome = await this.#send(delivery.payload).catch((error: unknown) => String(error));
    if (this.#stopping.signal.aborted) return;
    if (typeof outcome === "number" && outcome >= 200 && outcome < 300) {
      this.counts.delivered += 1;
      delivery.delivered();
      return;
    }
    this.#postpone(delivery, String(outcome));
  }

  #postpone(delivery: Delivery, reason: string): void {
    const { retries, timers, log } = this.#stage;
    delivery.failedAttempts += 1;
    this.counts.failedAttempts += 1;
    const abandoned = delivery.failedAttempts >= retries.attempts;
    log(`webhook ${delivery.event.type} ${delivery.event.id} ${reason}${abandoned ? ", abandoned" : ""}`);
    if (abandoned) {
      this.counts.abandoned += 1;
      return;
    }
    timers.after(retries.backoffMs(delivery.failedAttempts), () => {
      this.#queue.push(delivery);
      this.#next();
    });
  }

  #send(payload: string): Promise<number> {
    const { url } = this;
    if (url === undefined) return Promise.reject(new Error("no webhook address"));
    return new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method: "POST",
        // A connection of its own: a pooled one would outlive stop().
        agent: false,
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerWithinMs)]),
        headers: {
          "content-type": "application/json; charset=utf-8",
          "content-length": Buffer.byteLength(payload),
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
          "stripe-signature": signatureHeader(payload, this.#stage.secret, Math.floor(this.#stage.now() / 1000)),
        },
      });
      outgoing.on("error", reject);
      outgoing.on("response", (answer) => {
        answer.on("error", reject);
        answer.on("end", () => {
          resolve(answer.statusCode ?? 0);
        });
        answer.resume();
      });
      outgoing.end(payload);
    });
  }
}
