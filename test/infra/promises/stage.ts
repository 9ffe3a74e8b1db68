import { functionNameOf } from "#infra/names";
import type { StageName } from "#infra/stages";
import { actions, type Features } from "#shared/contracts/index";
import type { Found, Synth } from "../synth.ts";

/** A synthesized stage under test, and ways to look into it. */
export interface StageUnderTest extends Features {
  readonly name: StageName;
  /** Only inside tests: it is synthesized before the first. */
  readonly synth: () => Synth;
}

export const ofType = ({ synth }: StageUnderTest, type: string): Found[] =>
  synth().resources.filter(({ Type }) => Type === type);

/** Functions by their action's name in kebab-case; one that is no action's by its own. */
export function functionsOf(stage: StageUnderTest): Map<string, Found> {
  const named = new Map(actions.map((action) => [functionNameOf(stage.name, action), action.kebabName]));
  return new Map(
    ofType(stage, "AWS::Lambda::Function").map((one) => {
      const name = String(one.Properties.FunctionName);
      return [named.get(name) ?? name, one];
    }),
  );
}

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Everything a role of a stack may do. */
export const statementsOf = (stage: StageUnderTest, stack: string, role: string): Statement[] =>
  ofType(stage, "AWS::IAM::Policy")
    .filter((policy) => policy.stack === stack && JSON.stringify(policy.Properties.Roles).includes(`"${role}"`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);

export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** The logical id that an expression like `Fn::GetAtt` or `Fn::ImportValue` points to, as far as it can be told. */
export const pointsTo = (expression: unknown): string => JSON.stringify(expression) ?? "";
