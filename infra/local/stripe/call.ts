import type { Account, StripeState } from "./account.ts";
import type { Deliveries } from "./deliveries.ts";
import { markDelivered, recordEvent } from "./events.ts";
import type { EventCause, EventObject, EventType } from "./events.ts";
import type { Settings } from "./settings.ts";
import type { Timers } from "./timers.ts";

/** One execution of a route. */
export interface Call {
  readonly account: Account;
  /** What stands for the first placeholder of the pattern; empty where there is none. */
  readonly id: string;
  /** What stands for each placeholder. */
  readonly ids: readonly string[];
  /** The time of the call in seconds. */
  readonly nowSeconds: number;
  readonly settings: Settings;
  readonly state: StripeState;
  /** Records an event of the account and hands it to the webhook; the reply never waits for its delivery. */
  readonly emit: (type: EventType, object: EventObject) => void;
  /** The same execution, acting in another account: what moves there is that account's, and so are its events. */
  readonly in: (account: Account) => Call;
  /** Does something later, which no request causes: a call of its own time. */
  readonly later: (delayMs: number, work: (call: Call) => void) => void;
}

/** What calls need of the stage. */
export interface CallStage {
  readonly state: StripeState;
  readonly settings: Settings;
  readonly deliveries: Deliveries;
  readonly timers: Timers;
}

/** Something no request causes. */
export const noCause: EventCause = { requestId: null, idempotencyKey: null };

/** An execution in an account. */
export function callOf(stage: CallStage, account: Account, ids: readonly string[], cause: EventCause): Call {
  const { settings, state, deliveries, timers } = stage;
  const nowSeconds = Math.floor(settings.now() / 1000);
  return {
    account,
    id: ids[0] ?? "",
    ids,
    nowSeconds,
    settings,
    state,
    emit: (type, object) => {
      const webhooks = deliveries.url === undefined ? 0 : 1;
      const event = recordEvent(account, type, object, { ...cause, nowSeconds, webhooks });
      if (webhooks === 0) return;
      deliveries.enqueue(event, () => {
        markDelivered(account, event);
      });
    },
    in: (other) => callOf(stage, other, ids, cause),
    later: (delayMs, work) => {
      timers.after(delayMs, () => {
        work(callOf(stage, account, ids, noCause));
      });
    },
  };
}
