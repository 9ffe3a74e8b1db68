/** Everybody's place in the index looked at, a page a turn: each turn ends with the event of the next. */
import { type Change, changed, created, type Written } from "../change.ts";
import type { IndexRebuild } from "./index-rebuild.ts";

/** People of a turn. */
export const PEOPLE_A_TURN = 50;

/** It begins anew, wherever it was: turns that are under way end with the one that they are at. */
export const begin = (rebuild: IndexRebuild | undefined): Change =>
  due(
    rebuild === undefined
      ? created("indexRebuild", { turn: 1, after: null })
      : changed("indexRebuild", rebuild, { turn: rebuild.turn + 1, after: null }),
  );

/** Where a turn goes on from; undefined for one that was taken. */
export const dueTurn = (rebuild: IndexRebuild | undefined, turn: number): IndexRebuild | undefined =>
  rebuild?.turn === turn ? rebuild : undefined;

/**
 * The turn was taken; another is due unless the list is at its end. Who repeats it finds that it is not theirs.
 * @param left who could not be looked at: each is looked at anew by an event of their own, and holds nobody else up
 */
export const taken = (
  rebuild: IndexRebuild,
  next: IndexRebuild["after"] | undefined,
  left: readonly string[],
): Change => {
  const step = changed("indexRebuild", rebuild, { turn: rebuild.turn + 1, after: next ?? null });
  const change = next ? due(step) : { entities: [step] };
  const passedOver = left.map((userId) => ({ type: "creator.passed_over", detail: { userId } }) as const);
  return { ...change, events: [...(change.events ?? []), ...passedOver] };
};

const due = (step: Written<"indexRebuild">): Change => ({
  entities: [step],
  events: [{ type: "creator_index.turn_due", detail: { turn: step.next.turn } }],
});
