/** Every alarm can ring: each fault, as the code and Lambda really log it, is matched with the filters of the template. */
import { describe, expect, test } from "@jest/globals";
import { incidents } from "#infra/incidents";
import type { HttpContract } from "#shared/contracts/contract";
import { type Action, actionsWith } from "#shared/contracts/index";
import { refusalsOf } from "#shared/contracts/implied";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { outages } from "#shared/runtime/middleware/request-log";
import type { Each } from "#shared/runtime/implement-job";
import { edgeReplies } from "#shared/runtime/edge";
import { type Ended, endedBy, endedByPorts, endedByRequest } from "#test/support/ended-actions";
import { matches } from "#test/support/filter-pattern";
import { linesOfIncident, linesWithout } from "#test/support/incident-lines";
import { deaths, loggedByLambda, ordinary, reportOfThrown } from "#test/support/platform-lines";
import type { Found } from "../synth.ts";
import { knownMetric, metricsOf, type Watched } from "./known-metrics.ts";
import { functionsOf, ofType, pointsTo, type StageUnderTest } from "./stage.ts";

interface Counted {
  readonly MetricName: string;
  readonly MetricNamespace: string;
}

const fault = new Error("no");
const failing = () => Promise.reject(fault);

/** Everything in the log after a call: what Lambda says of one that threw, too. */
const logOf = ({ lines, thrown }: Ended): readonly string[] =>
  thrown === undefined ? lines : [...lines, loggedByLambda(thrown), reportOfThrown];

export function promiseAlarms(stage: StageUnderTest): void {
  const present = actionsWith(stage);
  const action = (kebabName: string): Action => present.find((one) => one.kebabName === kebabName)!;
  const ofTrigger = (trigger: string): Action[] => present.filter(({ contract }) => contract.trigger === trigger);
  const alarms = (): Found[] => ofType(stage, "AWS::CloudWatch::Alarm");

  /** Metrics that lines of an action's log are counted in. */
  function countedIn({ kebabName }: Action, lines: readonly string[]): Counted[] {
    const lambda = functionsOf(stage).get(kebabName);
    const group = pointsTo(lambda?.Properties.LoggingConfig.LogGroup);
    return ofType(stage, "AWS::Logs::MetricFilter")
      .filter(({ stack, Properties }) => stack === lambda?.stack && pointsTo(Properties.LogGroupName) === group)
      .filter(({ Properties }) => Properties.MetricTransformations[0].MetricValue !== "0")
      .filter(({ Properties }) => lines.some((line) => matches(String(Properties.FilterPattern), line)))
      .map(({ Properties }) => Properties.MetricTransformations[0] as Counted);
  }

  const watching = ({ MetricName, MetricNamespace }: Counted): Found[] =>
    alarms().filter(({ Properties }) =>
      metricsOf(Properties).some((one) => one.MetricName === MetricName && one.Namespace === MetricNamespace),
    );

  /** What an action's alarms say when these lines are in its log, those about silence left out. */
  const rung = (by: Action, lines: readonly string[], periods = 1, threshold = 1): string[] =>
    countedIn(by, lines)
      .flatMap(watching)
      .filter(({ Properties }) => Properties.ComparisonOperator === "GreaterThanOrEqualToThreshold")
      .filter(({ Properties }) => Properties.Threshold === threshold && Properties.EvaluationPeriods === periods)
      .map(({ Properties }) => String(Properties.AlarmDescription));

  const own = ({ kebabName, contract }: Action): string => `${contract.ifItFails}. See docs/runbook.md#${kebabName}`;

  describe("the alarm of every action", () => {
    test("rings when its code fails, and when anything it asks does", async () => {
      for (const one of present) {
        for (const ending of [await endedBy(one.contract, failing), await endedByPorts(one.contract, fault)])
          expect([one.kebabName, rung(one, logOf(ending))]).toEqual([
            one.kebabName,
            expect.arrayContaining([own(one)]),
          ]);
        // Without what Lambda itself says, too: most failures throw nothing.
        expect(rung(one, (await endedBy(one.contract, failing)).lines)).toContain(own(one));
      }
    });

    test.each(Object.entries(deaths))("rings for what Lambda alone logs: %s", (_name, line) => {
      for (const one of present) expect([one.kebabName, rung(one, [line])]).toEqual([one.kebabName, [own(one)]]);
    });

    test("rings for records and items that failed alone", async () => {
      for (const one of ofTrigger("onStream"))
        expect(rung(one, (await endedBy(one.contract, () => Promise.resolve(["1"]))).lines)).toEqual([own(one)]);
      const partial = (_invocation: never, _ports: never, each: Each) => each(oneItem(), String, failing);
      for (const one of ofTrigger("schedule"))
        expect(rung(one, (await endedBy(one.contract, partial)).lines)).toEqual([own(one)]);
    });

    test("stays silent when all goes well", async () => {
      const lines = Object.values(ordinary);
      for (const one of present) expect([one.kebabName, rung(one, lines)]).toEqual([one.kebabName, []]);
      const well: Readonly<Record<string, unknown>> = { onStream: [], onUserPool: {}, edge: edgeReplies.unknown() };
      for (const one of present.filter(({ contract }) => contract.trigger !== "http")) {
        const ending = await endedBy(one.contract, () => Promise.resolve(well[one.contract.trigger]));
        expect([one.kebabName, ending.thrown, rung(one, ending.lines)]).toEqual([one.kebabName, undefined, []]);
      }
    });
  });

  describe("no client rings an alarm", () => {
    const http = ofTrigger("http") as (Action & { readonly contract: HttpContract })[];

    test("by any refusal of any action, but for those that are outages of ours", async () => {
      for (const one of http)
        for (const refusal of refusalsOf(one.contract)) {
          const ending = await endedBy(one.contract, () => Promise.reject(refuse(refusal)));
          const times = rung(one, logOf(ending)).length;
          expect([one.kebabName, refusal.code, times]).toEqual([
            one.kebabName,
            refusal.code,
            outages.includes(refusal) ? 1 : 0,
          ]);
        }
    });

    test("by a request without a token, with a wrong one, or of a wrong shape", async () => {
      const requests = [
        {},
        { headers: { Authorization: "Bearer x.y.z" } },
        { headers: { Authorization: "no" }, raw: "{" },
      ];
      for (const one of http.filter(({ contract }) => contract.roles !== "public"))
        for (const request of requests) {
          const ending = await endedByRequest(one.contract, request);
          expect([one.kebabName, ending.reply]).toMatchObject([one.kebabName, { statusCode: 401 }]);
          expect(rung(one, logOf(ending))).toEqual([]);
        }
    });

    test("by a sign-up that is refused, though it throws and Lambda logs it", async () => {
      for (const one of ofTrigger("onUserPool")) {
        const ending = await endedBy(one.contract, () => Promise.reject(refuse(requestRefusals.invalid)));
        expect(ending.thrown).toBeInstanceOf(Error);
        expect([one.kebabName, rung(one, logOf(ending))]).toEqual([one.kebabName, []]);
      }
    });

    test("by following a link that is none, is gone, or in a way that links cannot be followed", async () => {
      const { contract } = action("redirect-visitor");
      for (const name of ["unknown", "gone", "methodNotAllowed"] as const) {
        const ending = await endedBy(contract, () => Promise.resolve(edgeReplies[name]()));
        expect([name, ending.thrown, rung(action("redirect-visitor"), ending.lines)]).toEqual([name, undefined, []]);
      }
    });
  });

  // A stage without networks has nobody who could log what is about them.
  const possible = incidents.filter(({ actions: by }) => by.some((name) => action(name) !== undefined));
  test("no incident is left out but those of networks, where there are none", () => {
    const leftOut = incidents.filter((one) => !possible.includes(one)).map(({ code }) => code);
    expect(leftOut).toEqual(
      stage.social === false
        ? incidents.filter(({ code, refusal = code }) => refusal.startsWith("social.")).map(({ code }) => code)
        : [],
    );
  });
  test.each(possible)("the alarm of $code rings in the code that logs it", async (incident) => {
    const { code, refusal, actions: by, meaning, days, many } = incident;
    const [brought, ordinarily] = [await linesOfIncident(refusal ?? code), await linesWithout(refusal ?? code)];
    const threshold = many?.share === undefined ? many?.atLeast : 1;
    for (const name of by) {
      const said = (lines: readonly string[]) =>
        rung(action(name), lines, days, threshold).filter((text) => text.startsWith(meaning));
      expect([name, said(brought).length]).toEqual([name, 1]);
      expect([name, said(ordinarily)]).toEqual([name, []]);
    }
  });

  test("no two alarms have one name", () => {
    const names = alarms().flatMap(({ Properties }) => (Properties.AlarmName ? [String(Properties.AlarmName)] : []));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test("a job that does not succeed for twice its time rings, also when nothing is logged at all", async () => {
    const jobs = ofTrigger("schedule");
    const [FIVE_MINUTES, QUARTER, HOUR, DAY] = [300, 900, 3_600, 86_400];
    const secondsBetween: Partial<Record<string, number>> = {
      ...{ "sweep-outbox": FIVE_MINUTES, "follow-payouts": FIVE_MINUTES },
      ...{ "sweep-deposits": QUARTER, "sweep-refunds": QUARTER, "sweep-stripe-events": QUARTER },
      ...{ "settle-overdue-reviews": QUARTER, "remind-reviewers": QUARTER, "expire-invitations": QUARTER },
      ...{ "refresh-social-tokens": 4 * HOUR, "revoke-social-consents": HOUR, "sync-social-accounts": 6 * HOUR },
      ...{
        "audit-ledger": DAY,
        "close-tracking-day": DAY,
        "compare-payout-accounts": DAY,
        "rebuild-creator-index": DAY,
        "reconcile-payments": DAY,
        "run-payouts": DAY,
      },
    };
    for (const one of jobs) {
      const successes = ({ lines }: Ended) =>
        countedIn(one, lines).filter(({ MetricName }) => MetricName.endsWith("-successes"));
      const [metric, ...others] = successes(await endedBy(one.contract, () => Promise.resolve()));
      expect(others).toEqual([]);
      expect(successes(await endedBy(one.contract, failing))).toEqual([]);
      const partial = (_invocation: never, _ports: never, each: Each) => each(oneItem(), String, failing);
      expect(successes(await endedBy(one.contract, partial))).toEqual([]);
      const watchers = watching(metric!).map(({ Properties }) => Properties);
      expect(watchers).toEqual([
        expect.objectContaining({
          ...{ ComparisonOperator: "LessThanThreshold", Threshold: 1, TreatMissingData: "breaching", Statistic: "Sum" },
          AlarmDescription: expect.stringContaining("silent-jobs"),
        }),
      ]);
      const looksBack = watchers.map(({ Period, EvaluationPeriods }) => Number(Period) * Number(EvaluationPeriods));
      expect([one.kebabName, looksBack]).toEqual([one.kebabName, [2 * (secondsBetween[one.kebabName] ?? HOUR)]]);
    }
  });

  test("every alarm watches a metric that there is, and tells the stage's topic", () => {
    const counted = ofType(stage, "AWS::Logs::MetricFilter").map(
      ({ Properties }) => Properties.MetricTransformations[0] as Counted,
    );
    for (const { id, Properties } of alarms()) {
      const isCounted = (metric: Watched): boolean =>
        counted.some(
          ({ MetricName, MetricNamespace }) =>
            MetricName === metric.MetricName && MetricNamespace === metric.Namespace && !metric.Dimensions,
        );
      for (const metric of metricsOf(Properties))
        expect([id, isCounted(metric) || knownMetric(metric)]).toEqual([id, true]);
      expect(pointsTo(Properties.AlarmActions)).toMatch(/Alarms/);
    }
    // No count without somebody who hears of it.
    for (const one of counted) expect([one, watching(one).length]).toEqual([one, 1]);
  });
}

async function* oneItem(): AsyncGenerator<string> {
  yield await Promise.resolve("item");
}
