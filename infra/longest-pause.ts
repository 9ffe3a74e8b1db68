import { Duration } from "aws-cdk-lib";

const UNITS = { minute: 1, hour: 60, day: 1_440 } as const;
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
/** A fixed minute of every hour, or of fixed hours of every day: the clocks that jobs have. */
const CRON = /^cron\(\d+ (\*|\d+(?:,\d+)*) \* \* \? \*\)$/;

/** The longest time between two runs of a schedule. @throws Error for a clock whose runs are not so many a day. */
export function longestPause(expression: string): Duration {
  const [, count, unit] = RATE.exec(expression) ?? [];
  if (count !== undefined) return Duration.minutes(Number(count) * UNITS[unit as keyof typeof UNITS]);
  const [, hours] = CRON.exec(expression) ?? [];
  if (hours === undefined) throw new Error(`it cannot be told how often ${expression} comes`);
  return hours === "*" ? Duration.hours(1) : Duration.hours(longestGap(hours.split(",").map(Number)));
}

/** Hours between neighbours, around midnight too. */
const longestGap = (hours: readonly number[]): number => {
  const sorted = [...hours].sort((one, other) => one - other);
  return Math.max(...sorted.map((hour, at) => (sorted[at + 1] ?? (sorted[0] ?? hour) + 24) - hour));
};
