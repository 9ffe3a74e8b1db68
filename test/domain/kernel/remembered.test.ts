import { expect, test } from "@jest/globals";
import { remembered } from "#shared/domain/kernel/remembered";

test("what was made for the last question is handed out again, for another it is made anew", () => {
  const asked: unknown[] = [];
  const madeFor = remembered((of: number | undefined) => (asked.push(of), { of }));
  const first = madeFor(undefined);
  expect(madeFor(undefined)).toBe(first);
  expect([madeFor(1), madeFor(1), madeFor(2), madeFor(1)]).toEqual([{ of: 1 }, { of: 1 }, { of: 2 }, { of: 1 }]);
  expect(asked).toEqual([undefined, 1, 2, 1]);
});

test("what could not be made is tried again", () => {
  let tries = 0;
  const madeFor = remembered((of: string) => {
    if ((tries += 1) === 1) throw new Error("no");
    return of;
  });
  expect(() => madeFor("a")).toThrow("no");
  expect(madeFor("a")).toBe("a");
});
