import { expect, test } from "@jest/globals";
import { actionsWith } from "#shared/contracts/index";
import { type AnyDeclaration, partitionStart } from "#shared/table/item";
import { declarations } from "#shared/table/items/index";
import { type AlarmOfTemplate, stateOf } from "#test/support/alarm-state";
import type { Found } from "../synth.ts";
import { functionsOf, ofType, pointsTo, type StageUnderTest, statementsOf } from "./stage.ts";

const FORTNIGHT_SECONDS = 14 * 86_400;
const HOUR_SECONDS = 3_600;

export function promiseFailure(stage: StageUnderTest): void {
  const actions = actionsWith(stage);
  const count = (trigger: string): number => actions.filter(({ contract }) => contract.trigger === trigger).length;
  const mappings = () => ofType(stage, "AWS::Lambda::EventSourceMapping");
  /** What is measured of one mapping. */
  const alarmsOf = (stack: string, mapping: string): Found["Properties"][] =>
    ofType(stage, "AWS::CloudWatch::Alarm")
      .filter((one) => one.stack === stack)
      .filter(
        ({ Properties }) =>
          pointsTo(Properties.Dimensions) === pointsTo([{ Name: "EventSourceMappingUUID", Value: { Ref: mapping } }]),
      )
      .map(({ Properties }) => Properties);

  test("reads streams until the hour before they forget, halves what fails, and rings when they are late", () => {
    const streams = mappings().filter(({ Properties }) => Properties.StartingPosition !== undefined);
    expect(streams).toHaveLength(count("onStream"));
    const [clicks] = ofType(stage, "AWS::Kinesis::Stream");
    for (const { id, Properties } of streams) {
      // What a stream forgets is told to nobody: each must keep longer than its records are tried. The table's keeps a day.
      const kept = id.startsWith("rollUpClicks") ? Number(clicks?.Properties.RetentionPeriodHours) : 24;
      expect([id, Properties]).toMatchObject([
        id,
        {
          BisectBatchOnFunctionError: true,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
          ParallelizationFactor: 1,
          MaximumRetryAttempts: -1,
          MaximumRecordAgeInSeconds: (kept - 1) * HOUR_SECONDS,
        },
      ]);
    }
    const late = ofType(stage, "AWS::CloudWatch::Alarm").filter(
      ({ Properties }) => Properties.MetricName === "IteratorAge",
    );
    expect(late).toHaveLength(streams.length);
  });

  test("lets at most two read the table's stream, and shows each what is its own", () => {
    const filters = mappings()
      .map(({ Properties }) => (Properties.FilterCriteria?.Filters ?? []) as { Pattern: string }[])
      .filter((patterns) => patterns.length > 0)
      .map((patterns) => patterns.map(({ Pattern }) => JSON.parse(Pattern) as unknown));
    const { outboxEvent, auditEntry, cursorKey, journalEntry, ledgerClose, review, walletTransaction } = declarations;
    const { seal, sighting, unsubscribeKey, visitorKey, conversionReversal, clickKey } = declarations;
    const told = (eventName: string, kinds: readonly AnyDeclaration[]) => ({
      eventName: [eventName],
      dynamodb: { Keys: { pk: { S: kinds.map((kind) => ({ prefix: partitionStart(kind) })) } } },
    });
    const credited = [conversionReversal, clickKey];
    const [booked, proven] = [
      [review, walletTransaction, journalEntry, ledgerClose],
      [unsubscribeKey, auditEntry, seal, cursorKey],
    ];
    const [kept, changed] = [
      [...booked, ...credited, ...proven],
      [...booked, ...credited, visitorKey, ...proven],
    ];
    // A third reader of a shard would be throttled.
    expect(filters).toHaveLength(2);
    expect(filters).toEqual(
      expect.arrayContaining([
        [told("INSERT", [outboxEvent, sighting])],
        [told("INSERT", [journalEntry, ledgerClose, auditEntry]), told("MODIFY", changed), told("REMOVE", kept)],
      ]),
    );
  });

  test("parks what a stream's consumer gives up, whole, and rings for it", () => {
    const streams = mappings().filter(({ Properties }) => Properties.StartingPosition !== undefined);
    const [bucket] = ofType(stage, "AWS::S3::Bucket").filter(({ id }) => id.startsWith("ParkedRecords"));
    for (const { stack, id, Properties } of streams) {
      const { Destination } = Properties.DestinationConfig.OnFailure;
      expect(pointsTo(Destination)).toContain(`GetAtt${bucket?.id}`);
      // Without these metrics, the alarms would wait for what is never counted.
      expect(Properties.MetricsConfig).toEqual({ Metrics: ["EventCount"] });
      const givenUp = alarmsOf(stack, id).filter(({ MetricName }) => MetricName !== "PolledEventCount");
      expect(givenUp.map(({ MetricName }) => MetricName as string)).toEqual([
        "OnFailureDestinationDeliveredEventCount",
        "DroppedEventCount",
      ]);
      for (const alarm of givenUp) expect(alarm).toMatchObject({ Threshold: 1, Statistic: "Sum" });
      const consumer = [...functionsOf(stage).values()].find(
        (one) => one.stack === stack && pointsTo(Properties.FunctionName).includes(`"${one.id}"`),
      );
      const role = String(consumer?.Properties.Role["Fn::GetAtt"][0]);
      const rights = statementsOf(stage, stack, role).filter(({ Resource }) =>
        pointsTo(Resource).includes(pointsTo(Destination)),
      );
      expect(rights.map(({ Action }) => Action)).toEqual(["s3:PutObject", "s3:ListBucket"]);
      for (const { Condition } of rights)
        expect(Object.keys(Condition?.["StringEquals"] ?? {})).toEqual(["s3:ResourceAccount"]);
    }
  });

  test("rings when a stream is not read any more, which nothing else says, and not because nothing is written", () => {
    // While a mapping polls, it says how many it read, 0 when there was nothing; a disabled one says nothing at all.
    // Source: Lambda developer guide, event source mapping metrics, `PolledEventCount`.
    const night = [[0, 0, 0, 0, 0], [0], [0, 0]];
    const day = [[120, 0, 3], [0, 80], [44]];
    const gone = [[], [], []];
    const streams = mappings().filter(({ Properties }) => Properties.StartingPosition !== undefined);
    for (const { stack, id, Properties } of streams) {
      // Without these metrics, it would ring for ever.
      expect([id, Properties.MetricsConfig]).toEqual([id, { Metrics: ["EventCount"] }]);
      const [unread, ...others] = alarmsOf(stack, id).filter(({ MetricName }) => MetricName === "PolledEventCount");
      expect([id, others]).toEqual([id, []]);
      const states = [night, day, [...day, ...gone], [...gone, ...night], [...day, [], []]].map((periods) =>
        stateOf(unread as AlarmOfTemplate, periods),
      );
      expect([id, unread?.Period, states]).toEqual([id, 300, ["OK", "OK", "ALARM", "OK", "OK"]]);
    }
  });

  test("hands mails over one event at a time, to as few calls at once as there can be, payouts one by one, and all else by tens", () => {
    const limits = mappings()
      .filter(({ Properties }) => Properties.StartingPosition === undefined)
      .map(({ id, Properties }) => ({
        id,
        limits: [Properties.BatchSize as number, Properties.ScalingConfig?.MaximumConcurrency as number | undefined],
      }));
    const ofMails = limits.filter(({ id }) => /^mail(People|SignInCode)/.test(id));
    expect(ofMails.map((one) => one.limits)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    // What follows mails, and what an announcement's pages lead to, come no faster than mails do.
    const few: Readonly<Record<string, readonly [number, number]>> = {
      ...{ relayOverflowClicks: [10, 5], processStripeEvent: [3, 5], submitRefund: [3, 5], carryOutPayouts: [1, 5] },
      ...{ followMailFeedback: [10, 2], spreadAnnouncement: [1, 2], writeExport: [1, 5], rebuildIndexPage: [1, 2] },
      workOnSocialAccounts: [10, 20],
    };
    // No flood of one queue takes the account's concurrency from everybody else.
    for (const one of limits.filter((other) => !ofMails.includes(other))) {
      const [, own = [10, 12]] = Object.entries(few).find(([name]) => one.id.startsWith(name)) ?? [];
      expect([one.id, one.limits]).toEqual([one.id, own]);
    }
  });

  test("gives every work queue six times its consumer's time, five deliveries or more, and a dead-letter queue", () => {
    const sources = mappings().filter(({ Properties }) => Properties.StartingPosition === undefined);
    expect(sources).toHaveLength(count("onEvent") + count("onQueue"));
    const working = ofType(stage, "AWS::SQS::Queue").filter(({ Properties }) => Properties.RedrivePolicy !== undefined);
    expect(working).toHaveLength(sources.length);
    for (const { stack, Properties } of sources) {
      expect(Properties.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
      const source = pointsTo(Properties.EventSourceArn);
      const queue = working.find(({ id }) => source.includes(`"${id}"`) || source.includes(`GetAtt${id}`));
      const consumer = [...functionsOf(stage).values()].find(
        (one) => one.stack === stack && pointsTo(Properties.FunctionName).includes(`"${one.id}"`),
      );
      expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(consumer?.Properties.Timeout));
      expect(queue?.Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
    }
  });

  test("keeps what failed for a fortnight, encrypted, and rings for the first message", () => {
    const queues = ofType(stage, "AWS::SQS::Queue");
    for (const { id, Properties } of queues)
      expect([id, Properties]).toMatchObject([
        id,
        { SqsManagedSseEnabled: true, MessageRetentionPeriod: FORTNIGHT_SECONDS },
      ]);
    const dead = queues.filter(({ Properties }) => Properties.RedrivePolicy === undefined);
    const depths = ofType(stage, "AWS::CloudWatch::Alarm")
      .filter(({ Properties }) => Properties.MetricName === "ApproximateNumberOfMessagesVisible")
      .map(({ stack, Properties }) => `${stack} ${pointsTo(Properties.Dimensions)}`);
    expect(
      dead.filter(({ stack, id }) => !depths.some((one) => one.startsWith(`${stack} `) && one.includes(`"${id}"`))),
    ).toEqual([]);
  });

  test("leaves no job and no event without a place for what failed", () => {
    const schedules = ofType(stage, "AWS::Scheduler::Schedule");
    expect(schedules).toHaveLength(count("schedule"));
    for (const { Properties } of schedules) expect(Properties.Target.DeadLetterConfig.Arn).toBeDefined();
    const asynchronous = ofType(stage, "AWS::Lambda::EventInvokeConfig");
    expect(asynchronous).toHaveLength(schedules.length);
    for (const { Properties } of asynchronous) expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    const rules = ofType(stage, "AWS::Events::Rule");
    // A job has one for whoever asks for a run.
    expect(rules).toHaveLength(count("onEvent") + count("schedule"));
    for (const { Properties } of rules) {
      expect(Properties.Targets).toHaveLength(1);
      expect(Properties.Targets[0].DeadLetterConfig.Arn).toBeDefined();
      expect(Properties.EventPattern.source).toEqual(["atomic-influence"]);
    }
    const listened = rules.flatMap(({ Properties }) =>
      (Properties.EventPattern["detail-type"] as string[]).map((type) => [type, Properties.EventPattern.detail]),
    );
    const declared = actions.flatMap(({ contract }): readonly unknown[] => {
      if (contract.trigger === "onEvent") return contract.events.map((type) => [type, undefined]);
      return contract.trigger === "schedule" ? [["job.run_requested", { detail: { job: [contract.job] } }]] : [];
    });
    const inOrder = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
    expect(inOrder(listened)).toEqual(inOrder(declared));
  });

  test("starts no job's clock before everybody in its area listens: one that goes by a rate strikes at once, and the bus keeps nothing", () => {
    const listens = (stack: string): string[] =>
      ofType(stage, "AWS::Events::Rule")
        .filter((rule) => rule.stack === stack && rule.Properties.EventPattern.detail === undefined)
        .map(({ id }) => id);
    const clocks = ofType(stage, "AWS::Scheduler::Schedule");
    expect(clocks.some(({ stack }) => listens(stack).length > 0)).toBe(true);
    for (const { id, stack, DependsOn = [] } of clocks)
      expect([id, listens(stack).filter((rule) => !DependsOn.includes(rule))]).toEqual([id, []]);
  });

  test("runs each job at its own time, in its own zone", () => {
    const clocks = ofType(stage, "AWS::Scheduler::Schedule").map(({ Properties }) => [
      Properties.Name as string,
      Properties.ScheduleExpression as string,
      Properties.ScheduleExpressionTimezone as string,
    ]);
    const declared = actions.flatMap(({ contract }) =>
      contract.trigger === "schedule"
        ? [[`atomic-${stage.name}-${contract.job}`, contract.every, contract.timeZone]]
        : [],
    );
    expect(clocks.sort()).toEqual(declared.sort());
  });
}
