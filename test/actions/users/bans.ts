/** Bans by the actions themselves, and what hears of them. */
import { handler as followBrandBan } from "#lambdas/campaigns/follow-brand-ban";
import { handler as followLinkBan } from "#lambdas/links/follow-link-ban";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as followAddressBan } from "#lambdas/users/follow-address-ban";
import { handler as signOutBannedUser } from "#lambdas/users/sign-out-banned-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import type { DeliveredEvent, EventType } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { untilDecided } from "#shared/runtime/until-decided";
import { admin, type TestStage } from "../../support/stage.ts";

const consumers = [followAddressBan, followBrandBan, followLinkBan, signOutBannedUser] as const;

/** Of whichever stage there is when they are asked. */
export function bansOf(stage: () => TestStage) {
  /** Everything that has happened so far, as its consumers are told. */
  const happened = (): DeliveredEvent[] =>
    stage()
      .stored("outboxEvent")
      .map((item) => parseEvent(item));
  async function deliver(event: DeliveredEvent): Promise<void> {
    const { clock, newId, granted } = stage();
    for (const consumer of consumers) {
      if (!consumer.contract.events.some((type: EventType) => type === event.type)) continue;
      const occasion = { actor: systemActor("consumer"), now: clock.now, requestId: "r", newId };
      const ports = granted<never>(consumer.contract.uses as never, occasion);
      await untilDecided(() => consumer.run(occasion, event as never, ports as never));
    }
  }
  return {
    ban: (userId: string, { actor = admin(), reason = "fraud" }: { actor?: Actor; reason?: string } = {}) =>
      stage().run(banUser, { actor, path: { userId }, body: { reason } }),
    unban: (userId: string) => stage().run(unbanUser, { actor: admin(), path: { userId } }),
    happened,
    deliver,
    /** Delivers everything, or what is not told yet, and what comes of it, until nothing new has happened. */
    async deliverAll(alreadyTold = 0): Promise<void> {
      for (let told = alreadyTold; told < happened().length;) {
        const events = happened();
        for (const event of events.slice(told)) await deliver(event);
        told = events.length;
      }
    },
  };
}
