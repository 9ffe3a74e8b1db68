import { Stack, type StackProps } from "aws-cdk-lib";
import type { HttpApi, IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { type Function as LambdaFunction, FunctionUrl, FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { QueueContract } from "#shared/contracts/contract";
import { type Action, type Area, actionsWith } from "#shared/contracts/index";
import { ActionFunction, timeoutOf } from "../constructs/action-function.ts";
import { ApiRoute } from "../constructs/api-route.ts";
import { EventConsumer } from "../constructs/event-consumer.ts";
import { QueueConsumer } from "../constructs/queue-consumer.ts";
import { Schedule } from "../constructs/schedule.ts";
import { StreamConsumer } from "../constructs/stream-consumer.ts";
import { socialQueueOf } from "../provide.ts";
import type { Surroundings } from "../surroundings.ts";

/** The queue behind each name that a contract may use. */
const queues: Readonly<Record<QueueContract["queue"], (around: Surroundings) => IQueue>> = {
  "click-overflow": ({ overflowQueue }) => overflowQueue,
  "stripe-events": ({ stripeEventsQueue }) => stripeEventsQueue,
  "mail-feedback": ({ mailFeedbackQueue }) => mailFeedbackQueue,
  announcements: ({ announcementQueue }) => announcementQueue,
  "social-accounts": socialQueueOf,
};

export interface AreaStackProps extends StackProps {
  readonly area: Area;
  readonly around: Surroundings;
  readonly api: HttpApi;
  readonly authorizer: IHttpRouteAuthorizer;
}

/** The actions of one area, each with its function and its trigger: everything here follows from the contracts. */
export class AreaStack extends Stack {
  readonly area: Area;
  /** Function URLs of edge actions, for the distribution. */
  readonly edgeUrls: FunctionUrl[] = [];
  private readonly schedules: Schedule[] = [];
  private readonly consumers: EventConsumer[] = [];

  constructor(scope: Construct, id: string, { area, around, api, authorizer, ...props }: AreaStackProps) {
    super(scope, id, props);
    this.area = area;
    for (const action of actionsWith(around.stage)) {
      // A pool's triggers live beside the pool.
      if (action.area !== area || action.contract.trigger === "onUserPool") continue;
      const { lambda } = new ActionFunction(this, action.name, { action, around });
      this.attach(action, lambda, around, { api, authorizer });
    }
    // What a job says in its first run is heard by those who follow it.
    for (const { clock } of this.schedules) clock.node.addDependency(...this.consumers.map(({ rule }) => rule));
  }

  private attach(
    { name, kebabName, contract }: Action,
    lambda: LambdaFunction,
    around: Surroundings,
    gateway: Pick<AreaStackProps, "api" | "authorizer">,
  ): void {
    if (contract.trigger === "http") new ApiRoute(this, `${name}-route`, { contract, lambda, ...gateway });
    if (contract.trigger === "schedule")
      this.schedules.push(new Schedule(this, `${name}-schedule`, { contract, lambda, around }));
    if (contract.trigger === "onEvent")
      this.consumers.push(
        new EventConsumer(this, `${name}-events`, {
          contract,
          kebabName,
          lambda,
          timeout: timeoutOf(contract),
          around,
        }),
      );
    if (contract.trigger === "onStream")
      new StreamConsumer(this, `${name}-stream`, { contract, kebabName, lambda, around });
    if (contract.trigger === "onQueue")
      new QueueConsumer(this, `${name}-queue`, {
        queue: queues[contract.queue](around),
        lambda,
        ...contract.delivers,
      });
    if (contract.trigger === "edge")
      this.edgeUrls.push(lambda.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }));
  }
}
