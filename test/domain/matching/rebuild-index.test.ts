/** A walk through everybody ends, however often it is begun, and everybody is looked at after whoever began it last. */
import { expect, test } from "@jest/globals";
import type { Change } from "#shared/domain/change";
import { IndexRebuild } from "#shared/domain/matching/index-rebuild";
import { begin, taken } from "#shared/domain/matching/rebuild-index";

const step = ({ entities, events = [] }: Change) => ({
  rebuild: IndexRebuild.parse(entities[0]?.next),
  due: events.map(({ detail }) => detail),
});
const page = (number: number) => ({ id: `person ${number}` });

test("a walk that is begun while it is under way goes on where it is, by a turn that is nobody's yet", () => {
  const first = step(begin(undefined));
  const second = step(taken(first.rebuild, page(1), []));
  const begun = step(begin(second.rebuild));
  expect(begun).toMatchObject({ rebuild: { turn: 3, after: page(1), isToBeginAnew: true }, due: [{ turn: 3 }] });
  const third = step(taken(begun.rebuild, page(2), []));
  expect(third).toMatchObject({ rebuild: { turn: 4, after: page(2), isToBeginAnew: true }, due: [{ turn: 4 }] });

  const through = step(taken(third.rebuild, undefined, []));
  expect(through).toEqual({ rebuild: { turn: 5, after: null, version: 5 }, due: [{ turn: 5 }] });

  expect(step(taken(through.rebuild, undefined, []))).toEqual({
    rebuild: { turn: 6, after: null, version: 6 },
    due: [],
  });
});

test("one that is through, or at its first page, begins at the beginning", () => {
  const first = step(begin(undefined));
  expect(step(begin(first.rebuild))).toEqual({ rebuild: { turn: 2, after: null, version: 2 }, due: [{ turn: 2 }] });
  const through = step(taken(first.rebuild, undefined, []));
  expect(through).toMatchObject({ rebuild: { after: null }, due: [] });
  expect(step(begin(through.rebuild))).toEqual({ rebuild: { turn: 3, after: null, version: 3 }, due: [{ turn: 3 }] });
});
