/** What has happened on a test's stage, delivered to those who keep the index of creators, and what comes of it. */
import { handler as countPastClicks } from "#lambdas/creators/count-past-clicks";
import { handler as followCreator } from "#lambdas/creators/follow-creator";
import { handler as followPastResult } from "#lambdas/creators/follow-past-result";
import { handler as rebuildIndexPage } from "#lambdas/creators/rebuild-index-page";
import type { DeliveredEvent, EventType } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { systemActor } from "#shared/domain/kernel/actor";
import { entriesOf, type IndexEntry } from "#shared/domain/matching/index-entry";
import { contentOf } from "#shared/table/item";
import { untilDecided } from "#shared/runtime/until-decided";
import { CreatorCard } from "#shared/domain/matching/card";
import type { TestStage } from "./stage.ts";

const consumers = [followCreator, followPastResult, countPastClicks, rebuildIndexPage] as const;

export const happened = (stage: TestStage): DeliveredEvent[] =>
  stage.stored("outboxEvent").map((item) => parseEvent(item));

export async function deliver(stage: TestStage, event: DeliveredEvent): Promise<void> {
  for (const consumer of consumers) {
    if (!consumer.contract.events.some((type: EventType) => type === event.type)) continue;
    const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    const ports = stage.granted<never>(consumer.contract.uses as never, occasion);
    await untilDecided(() => consumer.run(occasion as never, event as never, ports as never));
  }
}

/** Everything that nobody was told of yet, until nothing new happens. */
export async function deliverAll(stage: TestStage): Promise<void> {
  for (let told = 0; told < happened(stage).length;) {
    const events = happened(stage);
    for (const event of events.slice(told)) await deliver(stage, event);
    told = events.length;
  }
}

export const anEventOf = (type: EventType, detail: object): DeliveredEvent =>
  ({ id: `evt_${type}`, type, at: "2026-11-25T12:00:00.000Z", requestId: "r", detail }) as DeliveredEvent;

/** Tells of every one of these people that something changed. */
export async function indexed(stage: TestStage, ...userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) await deliver(stage, anEventOf("account.profile_changed", { userId }));
}

/** The index as it is stored, and as it must be by the cards. */
export function indexOfStage(stage: TestStage) {
  const stored = stage.stored("indexEntry").map((item) => contentOf(item) as unknown as IndexEntry);
  const right = stage.stored("creatorCard").flatMap((item) => entriesOf(CreatorCard.parse(item)));
  return { stored: inOrder(stored), right: inOrder(right) };
}

/** By place and creator. */
const inOrder = (entries: readonly IndexEntry[]): readonly IndexEntry[] => {
  const nameOf = ({ category, country, platform, tier, creatorId }: IndexEntry): string =>
    [category, country, platform, tier, creatorId].join("#");
  return [...entries].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
};
