/** What CloudWatch makes of an alarm of a template. */

export interface AlarmOfTemplate {
  readonly Statistic: "Sum" | "SampleCount" | "Maximum";
  readonly ComparisonOperator: "LessThanThreshold" | "GreaterThanOrEqualToThreshold";
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: "breaching" | "notBreaching";
}

const statistics = {
  Sum: (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0),
  SampleCount: (values: readonly number[]) => values.length,
  Maximum: (values: readonly number[]) => Math.max(...values),
};

/**
 * State after the last of these periods, each with what was published in it. A period without anything is not a period of
 * zeros: it counts as the alarm says. CloudWatch also looks some periods further back when some are missing, which delays an
 * alarm about missing data and starts none. Source: CloudWatch user guide, how alarms treat missing data.
 */
export function stateOf(alarm: AlarmOfTemplate, periods: readonly (readonly number[])[]): "ALARM" | "OK" {
  const judged = periods.slice(-alarm.EvaluationPeriods);
  if (judged.length < alarm.EvaluationPeriods) throw new Error("too few periods to judge by");
  const breaches = (values: readonly number[]): boolean => {
    if (values.length === 0) return alarm.TreatMissingData === "breaching";
    const value = statistics[alarm.Statistic](values);
    return alarm.ComparisonOperator === "LessThanThreshold" ? value < alarm.Threshold : value >= alarm.Threshold;
  };
  return judged.every(breaches) ? "ALARM" : "OK";
}
