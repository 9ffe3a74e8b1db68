import { expect, test } from "@jest/globals";
import { NewCampaign } from "#shared/domain/campaigns/input";
import { visibleText } from "#shared/domain/kernel/visible-text";
import { NewReview } from "#shared/domain/submissions/input";
import { ProfileChanges } from "#shared/domain/users/input";

const BLANKS = ["", " ", "\u00a0\t\n", "\u200b\u200d\u2060", "\u202e", "\u0000", "\u0301"];
const SEEN = ["x", "Ж", "日本", "7", "!", "👩‍👩‍👧", "¥", "a\u200bb"];

test.each(BLANKS)("%j is no text", (text) => {
  expect(visibleText(10).safeParse(text).success).toBe(false);
});

test.each(SEEN)("%j is", (text) => {
  expect(visibleText(10).parse(` ${text}\n`)).toBe(text);
});

test("campaigns and people have names, and verdicts reasons, that somebody can see", () => {
  const name = NewCampaign.safeParse({ name: "\u200b" }).error?.issues.filter(({ path }) => path[0] === "name");
  expect(name).toMatchObject([{ message: "must not be blank" }]);
  expect(ProfileChanges.safeParse({ fullName: "\u200b" }).success).toBe(false);
  expect(NewReview.safeParse({ decision: "rejected", reasons: [" "] }).success).toBe(false);
  expect(NewReview.parse({ decision: "rejected", reasons: [" Off brief "] })).toMatchObject({ reasons: ["Off brief"] });
});
