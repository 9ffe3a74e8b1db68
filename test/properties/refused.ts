/** What both the state of things and a rule can refuse: see order-of-refusals.test.ts. */
import { type Work, withCampaign } from "../actions/submissions/delivered.ts";
import type { TestStage } from "../support/stage.ts";

/** What a command is about. */
export type Scene = Work & { readonly id: string };
export type Bring = (stage: TestStage, scene: Scene) => Promise<unknown>;

export interface Order {
  /** A stage on which nothing refuses the command. */
  readonly begin: (stage: TestStage) => Promise<Scene>;
  /** The command, with what is asked for in place of what is right. */
  readonly command: (stage: TestStage, scene: Scene, asked: object) => Promise<unknown>;
  /** How things come to stand in the way, by what is then refused. */
  readonly states: Readonly<Record<string, Bring>>;
  /** What is asked for, or brought about, that a rule refuses. */
  readonly rules: Readonly<Record<string, object | Bring>>;
}

export const becomes =
  (parts: object): Bring =>
  (stage, scene) =>
    withCampaign(stage, scene, parts);
