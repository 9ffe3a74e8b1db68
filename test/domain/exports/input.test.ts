import { describe, expect, test } from "@jest/globals";
import { NewExport } from "#shared/domain/exports/input";
import { CAMPAIGN_ID } from "../../support/builders.ts";

const problemsOf = (asked: object) =>
  NewExport.safeParse(asked).error?.issues.map(({ code, path, ...issue }) =>
    "keys" in issue ? [code, ...issue.keys] : [code, ...path],
  );

describe("what is asked of an export", () => {
  test("is refused with every problem, by its kind", () => {
    const wrong = { format: "xml", from: "2026-02-01", to: "2026-01-01", colour: "red" };
    const shape = [
      ["invalid_value", "format"],
      ["unrecognized_keys", "colour"],
    ];
    const order = ["custom", "to"];
    for (const kind of ["transactions", "earnings", "users", "audit-logs"])
      expect([kind, problemsOf({ kind, ...wrong })]).toEqual([kind, [...shape, order]]);
    for (const kind of ["campaign-analytics", "participants", "submissions"])
      expect([kind, problemsOf({ kind, ...wrong })]).toEqual([kind, [...shape, ["custom", "campaignId"], order]]);
    expect(problemsOf(wrong)).toEqual([["invalid_value", "kind"], ...shape, order]);
    for (const body of [null, [], "x", 1]) expect(problemsOf(body as never)).toEqual([["invalid_type"]]);
  });

  test("is of a campaign where there is one to be asked for", () => {
    const asked = { format: "csv", campaignId: CAMPAIGN_ID };
    for (const kind of ["earnings", "campaign-analytics", "participants", "submissions", "audit-logs"])
      expect(problemsOf({ kind, ...asked })).toBeUndefined();
    for (const kind of ["transactions", "users"])
      expect(problemsOf({ kind, ...asked })).toEqual([["custom", "campaignId"]]);
  });

  test("is of instants or days, figures of days alone; bounds may be equal", () => {
    const asked = { format: "json", from: "2026-01-01T12:00:00+02:00", to: "2026-01-01" };
    expect(NewExport.parse({ kind: "users", ...asked })).toMatchObject({ from: "2026-01-01T10:00:00.000Z" });
    expect(problemsOf({ kind: "campaign-analytics", campaignId: CAMPAIGN_ID, ...asked })).toEqual([["custom", "from"]]);
    expect(problemsOf({ kind: "users", format: "json", from: "2026-01-01", to: "2026-01-01" })).toBeUndefined();
    expect(problemsOf({ kind: "users", format: "json", from: "yesterday" })).toEqual([["invalid_format", "from"]]);
  });
});
