import { Duration } from "aws-cdk-lib";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { ScheduleContract } from "#shared/contracts/contract";
import { linesOf } from "../log-patterns.ts";
import { longestPause } from "../longest-pause.ts";
import { CountedLines, ownMetric } from "./counted-lines.ts";
import { StageAlarm } from "./stage-alarm.ts";

export interface SilentJobAlarmProps {
  readonly stage: string;
  readonly contract: ScheduleContract;
  readonly logGroup: ILogGroup;
  readonly topic: ITopic;
}

/**
 * A job's successes are counted in parts of its pause. CloudWatch reads some periods more than it is told, and takes what is
 * missing for silence only where it finds too little there: with periods as long as the pause, old successes would hide days.
 * Source: user guide, "How alarm state is evaluated when data is missing".
 */
const PARTS = 24;
const LONGEST_MINUTES = 60;

/**
 * Rings when a job has not succeeded for twice the time between two of its runs, whatever the reason: it failed, it was
 * skipped, or its clock is gone and nothing is logged at all. On a new stage it rings until the first run.
 */
export class SilentJobAlarm extends Construct {
  constructor(scope: Construct, id: string, { stage, contract, logGroup, topic }: SilentJobAlarmProps) {
    super(scope, id);
    const { job, every, ifItFails } = contract;
    const metricName = `${job}-successes`;
    const pause = longestPause(every).toMinutes();
    const period = Math.min(Math.ceil(pause / PARTS), LONGEST_MINUTES);
    new CountedLines(this, "Successes", { stage, logGroup, pattern: linesOf("job.completed"), metricName });
    new StageAlarm(this, "Silent", {
      alarmName: `atomic-${stage}-${job}-silent`,
      meaning: `${job} has not succeeded for twice its time: ${ifItFails}`,
      article: "silent-jobs",
      metric: ownMetric(stage, metricName, Duration.minutes(period)),
      tooFew: true,
      threshold: 1,
      periods: Math.ceil((2 * pause) / period),
      topic,
    });
  }
}
