/** Everybody's place in the index looked at, a page a turn: each turn ends with the event of the next. */
import { type Change, changed, created, type Written } from "../change.ts";
import type { IndexRebuild } from "./index-rebuild.ts";

/** People of a turn. */
export const PEOPLE_A_TURN = 50;

/**
 * It begins, or goes on where it is and begins anew once it is through: a walk that takes longer than from one run of its job to the
 * next would never come to its end. Whichever turn was due is no more, so that one whose event was lost holds nobody up.
 */
export function begin(rebuild: IndexRebuild | undefined): Change {
  if (rebuild === undefined) return due(created("indexRebuild", { turn: 1, after: null }));
  const { turn, after } = rebuild;
  return due(changed("indexRebuild", rebuild, { turn: turn + 1, after, ...(after && { isToBeginAnew: true }) }));
}

/** Where a turn goes on from; undefined for one that was taken. */
export const dueTurn = (rebuild: IndexRebuild | undefined, turn: number): IndexRebuild | undefined =>
  rebuild?.turn === turn ? rebuild : undefined;

/**
 * The turn was taken; another is due unless the list is at its end and was not begun again. Who repeats it finds that it is not theirs.
 * @param left who could not be looked at: each is looked at anew by an event of their own, and holds nobody else up
 */
export const taken = (
  rebuild: IndexRebuild,
  next: IndexRebuild["after"] | undefined,
  left: readonly string[],
): Change => {
  const { turn, isToBeginAnew } = rebuild;
  const isAsked = next && isToBeginAnew && { isToBeginAnew };
  const step = changed("indexRebuild", rebuild, { turn: turn + 1, after: next ?? null, ...isAsked });
  const change = next || isToBeginAnew ? due(step) : { entities: [step] };
  const passedOver = left.map((userId) => ({ type: "creator.passed_over", detail: { userId } }) as const);
  return { ...change, events: [...(change.events ?? []), ...passedOver] };
};

const due = (step: Written<"indexRebuild">): Change => ({
  entities: [step],
  events: [{ type: "creator_index.turn_due", detail: { turn: step.next.turn } }],
});
