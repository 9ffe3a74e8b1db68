import { expect, test } from "@jest/globals";
import { type Stop, refusedFor } from "#shared/domain/kernel/lifecycle";
import { found, refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals, requestRefusals } from "#shared/domain/kernel/refusals";

test("a conflict cannot be told without the state that is in the way: that does not compile", () => {
  // @ts-expect-error no state
  const bare = refuse(accessRefusals.ownerSuspended);
  // @ts-expect-error no state
  const detailed = refuse(accessRefusals.ownerSuspended, "said", {});
  // @ts-expect-error no state
  const stop: Stop = { refusal: accessRefusals.ownerSuspended, detail: "said" };
  // @ts-expect-error no state
  expect(() => found(undefined, accessRefusals.ownerSuspended)).toThrow();
  expect([bare, detailed, refusedFor(stop)].map(({ context }) => context.currentState)).toEqual(
    Array<undefined>(3).fill(undefined),
  );
  const said = refuse(accessRefusals.ownerSuspended, undefined, { currentState: "suspended" });
  expect([said.message, said.context]).toEqual([accessRefusals.ownerSuspended.title, { currentState: "suspended" }]);
});

test("anything else may leave it out", () => {
  expect(refuse(requestRefusals.invalid).context).toEqual({});
  expect(found("there", requestRefusals.unknownRoute)).toBe("there");
});
