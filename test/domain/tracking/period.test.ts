import { expect, test } from "@jest/globals";
import { periodOf } from "#shared/domain/tracking/analytics";

const now = "2026-11-25T23:30:00.000Z";

test.each([
  [{}, "2025-10-21", "2026-11-25"],
  [{ from: "2026-11-01" }, "2026-11-01", "2026-11-25"],
  [{ to: "2026-03-01" }, "2025-01-25", "2026-03-01"],
  [{ from: "2026-11-26" }, "2026-11-26", "2026-11-26"],
  [{ from: "9999-12-31" }, "9999-12-31", "9999-12-31"],
  [{ from: "2026-12-01", to: "2026-12-03" }, "2026-12-01", "2026-12-03"],
])("the period of %j", (asked, first, last) => {
  expect(periodOf(asked, now)).toEqual({ first, last });
});
