/** Alarms on how much of what was done came to nothing. */
import { describe, expect, test } from "@jest/globals";
import { incidents } from "#infra/incidents";
import { ROUND_HOURS } from "#shared/domain/social/room";
import { matches } from "../support/filter-pattern.ts";
import { reckoned } from "../support/metric-math.ts";
import { alarmOf } from "./one-alarm.ts";

describe("an alarm on a share", () => {
  const shares = incidents.flatMap(({ many: { atLeast, share } = { atLeast: 0, hours: 0 }, ...incident }) =>
    share === undefined ? [] : [{ ...incident, ...share, atLeast }],
  );
  test.each(shares)(
    "rings for $code at $platform where many of a round are it, and much of what that one was asked about",
    ({ code, opposite, platform, meaning, actions: [first], atLeast, percent }) => {
      const { alarms, filters } = alarmOf(first);
      const [alarm] = alarms.filter(({ AlarmDescription }) => AlarmDescription.startsWith(meaning));
      const { Expression = "" } = alarm?.Metrics?.find((one) => one.Expression) ?? {};
      const stats = (alarm?.Metrics ?? []).flatMap(({ Id, MetricStat }) => (MetricStat ? [{ Id, ...MetricStat }] : []));
      expect(stats.map(({ Id, Stat, Period }) => [Id, Stat, Period])).toEqual([
        ["said", "Sum", 25_200],
        ["share", "Average", 25_200],
      ]);
      // Longer than a round, whose last lines come minutes after its first: a window that moves on would end between them.
      expect(25_200).toBeGreaterThan(ROUND_HOURS * 3_600);
      const counts = (line: object) =>
        filters
          .filter(({ FilterPattern }) => matches(FilterPattern, JSON.stringify(line)))
          .map(({ MetricTransformations: [one] }) => one)
          .filter((one) => stats.every(({ Metric }) => Metric.MetricName === one?.MetricName))
          .map((one) => Number(one?.MetricValue));
      expect([code, opposite].map((one) => counts({ code: one, platform }))).toEqual([[1], [0]]);
      expect(counts({ code, platform: "another" })).toEqual([]);
      const rings = (said: number, done: number) => Number(reckoned(Expression, { said, share: said / done })) >= 1;
      const enough = Math.floor((atLeast * 100) / percent);
      expect([rings(atLeast - 1, atLeast - 1), rings(atLeast, enough), rings(atLeast, enough + 1)]).toEqual([
        false,
        true,
        false,
      ]);
    },
  );
});
