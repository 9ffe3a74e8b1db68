import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { changed, created } from "#shared/domain/change";
import { aCampaign } from "../support/builders.ts";

test("a new thing is in its first version, a changed one in the next, whatever it says itself", () => {
  const was = aCampaign({ version: 4 });
  expect(created("campaign", was).next.version).toBe(1);
  expect(changed("campaign", was, { ...was, name: "Winter" })).toEqual({
    entity: "campaign",
    was,
    next: { ...was, name: "Winter", version: 5 },
  });
});

test("nobody else counts versions; balances are added to where they lie", () => {
  const counting = ["shared", "lambdas"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        readFileSync(join(folder, file), "utf8")
          .split("\n")
          .filter((line) => /version \+ 1|\bversion: 1\b/.test(line) && !/\badd: \{/.test(line))
          .map(() => join(folder, file)),
      ),
  );
  expect([...new Set(counting)]).toEqual([join("shared", "domain", "change.ts")]);
});
