import { describe, expect, test } from "@jest/globals";
import { advanceClock } from "#shared/domain/clock/advance-clock";
import { ClockMove, faceOf, FARTHEST_SECONDS } from "#shared/domain/clock/test-clock";

const noon = "2026-11-25T12:00:00.000Z";
const moved = { offsetSeconds: 3_600, version: 4 };

describe("the clock that tests move", () => {
  test("says the machine's time until somebody moves it, and then how far it is ahead", () => {
    expect(faceOf(undefined, noon)).toEqual({ now: noon, offsetSeconds: 0 });
    expect(faceOf(moved, noon)).toEqual({ now: "2026-11-25T13:00:00.000Z", offsetSeconds: 3_600 });
  });

  test("moves forward, under its version", () => {
    expect(advanceClock(undefined, 60, noon)).toEqual({
      face: { now: "2026-11-25T12:01:00.000Z", offsetSeconds: 60 },
      change: {
        entities: [{ entity: "testClock", next: { offsetSeconds: 60, version: 1 } }],
      },
    });
    expect(advanceClock(moved, 7_200, noon).change?.entities).toEqual([
      { entity: "testClock", was: moved, next: { offsetSeconds: 7_200, version: 5 } },
    ]);
  });

  test("stays where it is when it is there already: nothing is written", () => {
    expect(advanceClock(moved, 3_600, noon)).toEqual({ change: undefined, face: faceOf(moved, noon) });
    expect(advanceClock(undefined, 0, noon)).toEqual({ change: undefined, face: faceOf(undefined, noon) });
  });

  test.each([
    [moved, 3_599],
    [moved, 0],
    [undefined, -1],
  ])("does not move backwards: from %j to %d", (clock, offsetSeconds) => {
    expect(() => advanceClock(clock, offsetSeconds, noon)).toThrow(
      expect.objectContaining({
        refusal: expect.objectContaining({ code: "clock.not_backwards", kind: "conflict" }),
        context: { currentState: String(clock?.offsetSeconds ?? 0) },
      }),
    );
  });

  test("keeps to whole seconds, and to years of four digits", () => {
    for (const offsetSeconds of [0.5, FARTHEST_SECONDS + 1, "60", null, undefined])
      expect([offsetSeconds, ClockMove.safeParse({ offsetSeconds }).success]).toEqual([offsetSeconds, false]);
    expect(faceOf({ offsetSeconds: FARTHEST_SECONDS, version: 1 }, noon).now).toMatch(/^2126-/);
  });
});
