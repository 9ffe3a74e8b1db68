import { Duration, Stack } from "aws-cdk-lib";
import { Policy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type Contract, timeoutSecondsOf } from "#shared/contracts/contract";
import type { Action } from "#shared/contracts/index";
import { bundleFolder } from "../build/bundle-folder.ts";
import { capabilitiesOn } from "../capabilities.ts";
import { statementsFor } from "../grants.ts";
import { functionNameOf } from "../names.ts";
import { environmentFor } from "../provide.ts";
import { removalPolicyOf, retentionOf } from "../retention.ts";
import { domainOf } from "../stages.ts";
import type { Surroundings } from "../surroundings.ts";
import { ActionAlarm } from "./action-alarm.ts";

export interface ActionFunctionProps {
  readonly action: Action;
  readonly around: Surroundings;
}

const DEFAULT_MEMORY_MB = 512;

export const timeoutOf = (contract: Contract): Duration => Duration.seconds(timeoutSecondsOf(contract));

/** An action's Lambda: its bundle, exactly the environment and rights its contract declares, its logs and its alarm. */
export class ActionFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { action, around }: ActionFunctionProps) {
    super(scope, id);
    const { contract, kebabName } = action;
    const { stage, table } = around;
    const functionName = functionNameOf(stage.name, action);
    // Without a name of ours: it stays when the action is taken out, also by rolling back over its first deploy, and would be
    // in the way of the action's return. CloudFormation's own has the stack's name and the action's in it.
    const logGroup = new LogGroup(this, "Logs", {
      retention: retentionOf(stage),
      removalPolicy: removalPolicyOf(stage),
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const { memoryMb = DEFAULT_MEMORY_MB, continues } = contract.runs ?? {};
    const reserved: Readonly<Partial<Record<string, number>>> = stage.reservedConcurrency;
    const reservedConcurrentExecutions = reserved[action.name];
    this.lambda = new LambdaFunction(this, "Function", {
      functionName,
      description: contract.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(bundleFolder(kebabName, stage)),
      timeout: timeoutOf(contract),
      memorySize: memoryMb,
      environment: environmentFor(contract, around),
      // Our own lines are JSON already and pass as they are; this makes the platform's (start, report, a crash) JSON too.
      loggingFormat: LoggingFormat.JSON,
      // Start and report of each click would cost more than anything else of it but CloudFront. Those of calls that were ended
      // are warnings, and stay. Source: Lambda developer guide, "Log-level filtering", system log level event mapping.
      ...(contract.trigger === "edge" && { systemLogLevelV2: SystemLogLevel.WARN }),
      logGroup,
      role,
      ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
      // Lambda takes it for a mistake, and stops it after some sixteen turns; the SDK's messages tell it how many there were.
      // Source: Lambda developer guide, "Use Lambda recursive loop detection to prevent infinite loops".
      ...(continues && { recursiveLoop: RecursiveLoop.ALLOW }),
    });
    logGroup.grantWrite(role);
    const statements = statementsFor(capabilitiesOn(stage, contract), table.tableArn, {
      clickStream: around.clickStream.streamArn,
      overflowQueue: around.overflowQueue.queueArn,
      stripeEventsQueue: around.stripeEventsQueue.queueArn,
      announcementQueue: around.announcementQueue.queueArn,
      eventBus: around.eventBus.eventBusArn,
      stripeSecret: around.stripeSecretArn,
      userPool: around.userPool.arn,
      clickArchive: around.clickArchive.bucketArn,
      archivedClicks: around.clickArchive.arnForObjects("clicks/*"),
      files: around.files.bucketArn,
      fileObjects: around.files.arnForObjects("files/*"),
      exports: around.exports.bucketArn,
      exportObjects: around.exports.arnForObjects("exports/*"),
      ...socialArns(around),
      ...mailArns(Stack.of(this), domainOf(stage.senderAddress), around.mailSettings),
    });
    if (statements.length > 0) {
      const rights = new Policy(this, "Rights", { statements, roles: [role] });
      // Rights come before the code that uses them, and before whatever calls it. A pool's trigger cannot wait for its own:
      // they name the pool, which names the trigger.
      if (contract.trigger !== "onUserPool") this.lambda.node.addDependency(rights);
    }
    new ActionAlarm(this, "Alarm", { stage: stage.name, action, logGroup, functionName, topic: around.alarms });
  }
}

/** SES asks for a right to both: the address mails come from, and the settings they are sent under. */
function mailArns({ partition, region, account }: Stack, domain: string, settings: string) {
  const arn = (resource: string): string => `arn:${partition}:ses:${region}:${account}:${resource}`;
  return { senderIdentity: arn(`identity/${domain}`), mailSettings: arn(`configuration-set/${settings}`) };
}

const socialArns = ({ social, socialQueue }: Surroundings) =>
  social === undefined
    ? {}
    : { socialSecret: social.secretArn, tokenKey: social.tokenKey.keyArn, socialQueue: socialQueue?.queueArn };
