import { beforeEach, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as updateLink } from "#lambdas/links/update-link";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID } from "../../support/builders.ts";
import { auditRows, expectRefused, peopled } from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";

const destinationUrl = "https://shop.example.com/";
const rule = (priority: number, path = "de") => ({
  priority,
  when: { countries: ["DE"], until: "2027-01-01T01:00:00+01:00" },
  destinationUrl: `https://shop.example.com/${path}`,
});
const share = (path: string, weight = 1) => ({ destinationUrl: `https://shop.example.com/${path}`, weight });
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active", destinationHosts: ["shop.example.com"] }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
});
const made = (parts: object = {}) => {
  const body = NewLink.parse({ destinationUrl, ...parts });
  return stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body });
};
const changed = (code: string, parts: object) =>
  stage.run(updateLink, { actor: brand(), path: { code }, body: LinkChanges.parse(parts) });

test("a link has its rules in the order of their priorities, and its split, from the beginning or later", async () => {
  const link = await made({ rules: [rule(9), rule(2, "two")], split: [share("A/../a"), share("b", 3)] });
  expect(link.rules?.map(({ priority }) => priority)).toEqual([2, 9]);
  expect(link.rules?.[0]?.when).toEqual({ countries: ["DE"], until: "2027-01-01T00:00:00.000Z" });
  expect(link.split).toEqual([share("a"), share("b", 3)]);
  const plain = await made();
  expect([plain.rules, plain.split]).toEqual([[], []]);

  expect(await changed(link.code, { rules: [] })).toMatchObject({ rules: [], split: link.split });
  expect(await changed(plain.code, { rules: [rule(1)] })).toMatchObject({ rules: [{ priority: 1 }], split: [] });
  const [row] = auditRows(stage, "link.updated");
  expect(row?.["changes"]).toEqual([{ field: "rules", before: link.rules, after: [] }]);
});

test("every address that is refused is named", async () => {
  const bad = {
    destinationUrl: "http://shop.example.com/",
    rules: [rule(1), { ...rule(2), destinationUrl: "https://other.example.com/" }],
    split: [share("a"), { destinationUrl: "https://127.0.0.1/", weight: 1 }],
  };
  const errors = [
    { pointer: "/destinationUrl", code: "link.destination_refused" },
    { pointer: "/rules/1/destinationUrl", code: "link.host_not_allowed" },
    { pointer: "/split/1/destinationUrl", code: "link.destination_refused" },
  ];
  await expectRefused(stage, () => made(bad), "link.destination_refused");
  await expect(made(bad)).rejects.toMatchObject({ context: { errors } });
  const { code } = await made();
  await expectRefused(stage, () => changed(code, { rules: bad.rules }), "link.host_not_allowed");
});

test.each([
  ["two rules of one priority", { rules: [rule(1), rule(1)] }],
  ["eleven rules", { rules: Array.from({ length: 11 }, (_, at) => rule(at + 1)) }],
  ["a rule for always", { rules: [{ ...rule(1), when: {} }] }],
  ["a rule that ends before it begins", { rules: [{ ...rule(1), when: { from: "2027-01-01T00:00:00Z", until: "2026-01-01T00:00:00Z" } }] }],
  ["a country's name", { rules: [{ ...rule(1), when: { countries: ["Germany"] } }] }],
  ["an unknown device", { rules: [{ ...rule(1), when: { devices: ["watch"] } }] }],
  ["no language", { rules: [{ ...rule(1), when: { languages: ["*"] } }] }],
  ["an unknown condition", { rules: [{ ...rule(1), when: { city: ["Bonn"] } }] }],
  ["a split of one", { split: [share("a")] }],
  ["a share of nothing", { split: [share("a"), share("b", 0)] }],
])("%s is no way", (_what, parts) => {
  expect(LinkChanges.safeParse(parts).success).toBe(false);
  expect(NewLink.safeParse({ destinationUrl, ...parts }).success).toBe(false);
}); // prettier-ignore
