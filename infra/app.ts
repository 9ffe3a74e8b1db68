import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { areasWith } from "#shared/contracts/index";
import { acknowledge } from "./acknowledgements.ts";
import { AlarmsStack } from "./stacks/alarms.ts";
import { ApiStack } from "./stacks/api.ts";
import { AreaStack } from "./stacks/area.ts";
import { DataStack } from "./stacks/data.ts";
import { EdgeStack } from "./stacks/edge.ts";
import { IdentityStack } from "./stacks/identity.ts";
import { ObservabilityStack } from "./stacks/observability.ts";
import { stackNameOf } from "./names.ts";
import { isProtected } from "./protection.ts";
import { type Stage, stageOf } from "./stages.ts";

/** Every stack of a stage, from what is kept to what answers. */
export function assemble(app: App, stage: Stage): void {
  const id = (name: string): string => stackNameOf(stage.name, name);
  const placed = (name: string) => ({
    env: { region: stage.region },
    terminationProtection: isProtected(stage, id(name)),
  });
  const { topic: alarms, key: alarmKey } = new AlarmsStack(app, id("alarms"), { ...placed("alarms"), stage });
  const data = new DataStack(app, id("data"), { ...placed("data"), stage, alarms, alarmKey });
  const {
    table,
    clickStream,
    overflowQueue,
    stripeEventsQueue,
    mailFeedbackQueue,
    announcementQueue,
    parkedRecords,
    clickArchive,
    files,
    exports,
    eventBus,
    stripeSecretArn,
    mailSettings,
    social,
    socialQueue,
  } = data;
  const queues = { overflowQueue, stripeEventsQueue, mailFeedbackQueue, announcementQueue, socialQueue };
  const streams = { clickStream, ...queues, parkedRecords, clickArchive, files, exports };
  const kept = { stage, table, ...streams, eventBus, stripeSecretArn, mailSettings, social, alarms };
  const { userPool } = new IdentityStack(app, id("identity"), { ...placed("identity"), stage, around: kept });
  const { api, authorizer } = new ApiStack(app, id("api"), { ...placed("api"), stage, userPool });
  const around = { ...kept, userPool, apiOrigin: stage.apiOrigin ?? api.apiEndpoint };
  const areas = areasWith(stage).map(
    (area) => new AreaStack(app, id(area), { ...placed(area), area, around, api, authorizer }),
  );
  // Who tells people of events is there before whoever begins to send new ones: the bus keeps nothing for rules that come later.
  const telling = areas.find(({ area }) => area === "notifications");
  for (const other of areas) if (telling && other !== telling) other.addStackDependency(telling);
  const distributionIds = areas
    .flatMap(({ edgeUrls }) => edgeUrls)
    .map((clickUrl) => new EdgeStack(app, id("edge"), { ...placed("edge"), stage, clickUrl }).distributionId);
  new ObservabilityStack(app, id("observability"), {
    ...placed("observability"),
    around,
    apiId: api.apiId,
    distributionIds,
  });
}

if (import.meta.main) {
  const app = new App();
  assemble(app, stageOf(app));
  acknowledge(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
}
